// Calls that wait. What a call waits for keeps a list of its waiters, first come, first served.
import { Refusal, Semaphore, Waiter } from "./objects.js";

/** @typedef {import("./objects.js").Process} Process */
/** @typedef {import("./system-calls.js").Caller} Caller */
/** @typedef {import("./system-calls.js").Result} Result */

/** What a call returns that is answered later. */
export const WAITS = Symbol("the call waits");
const INTERRUPTED = { error: "EINTR" };

export class WaitQueues {
  /**
   * @param {object} options
   * @param {{ waiting: number }} options.limits
   * @param {(process: Process, id: number | undefined, result: Result) => void} options.answer
   * @param {(wait: { process: Process, why: string, holder?: string, at?: number }) => void} options.waits hears
   *   that a main thread waits; `holder` is the name of the process that has the lock
   * @param {(process: Process) => void} options.goesOn hears that it goes on
   */
  constructor({ limits, answer, waits, goesOn }) {
    this.limits = limits;
    this.answer = answer;
    this.waits = waits;
    this.goesOn = goesOn;
  }

  /**
   * Tries until it has a result: now, and whenever one of the objects changes. `late` is the result when its time is
   * over.
   * @template {Result} Got
   * @template {Result} Late
   * @param {Caller} caller
   * @param {Waiter["objects"]} objects
   * @param {import("./protocol.js").Seconds} seconds
   * @param {Late} late
   * @param {() => Got | null} attempt
   * @returns {Got | Late | typeof INTERRUPTED | typeof WAITS}
   */
  wait(caller, objects, seconds, late, attempt) {
    const { process, id, why, at } = caller;
    if (why && process.signalled) {
      process.signalled = false;
      return INTERRUPTED;
    }
    const result = attempt();
    if (result) return result;
    if (seconds !== null && seconds <= 0) return late;
    if (process.calls.size >= this.limits.waiting) throw new Refusal("EAGAIN");
    const waiter = new Waiter(process, id, why, objects, attempt);
    process.calls.set(id, waiter);
    for (const object of objects) object.waiters.add(waiter);
    if (seconds !== null) {
      const time = Math.min(seconds * 1000, 2 ** 31 - 1);
      waiter.timer = setTimeout(() => this.settle(waiter, late), time);
    }
    const holder = objects[0] instanceof Semaphore ? objects[0].holder?.name : undefined;
    if (why) this.waits({ process, why, holder, at });
    return WAITS;
  }

  /**
   * @param {Waiter} waiter
   * @param {Result} result
   */
  settle(waiter, result) {
    this.forget(waiter);
    if (waiter.why) this.goesOn(waiter.process);
    this.answer(waiter.process, waiter.id, result);
  }

  /** @param {Waiter} waiter */
  forget(waiter) {
    clearTimeout(waiter.timer);
    waiter.process.calls.delete(waiter.id);
    for (const object of waiter.objects) object.waiters.delete(waiter);
  }

  /** @param {Process} process that has ended, and waits for nothing any more */
  forgetAll(process) {
    for (const waiter of [...process.calls.values()]) this.forget(waiter);
  }

  /**
   * A call that names a reason is the main thread's, which runs the handlers. If it makes none, its next one is
   * interrupted.
   * @param {Process} process that has got a signal
   */
  interrupt(process) {
    const waiter = [...process.calls.values()].find(({ why }) => why);
    process.signalled = !waiter;
    if (waiter) this.settle(waiter, INTERRUPTED);
  }

  /** @param {{ waiters: Set<Waiter> }} object that has changed */
  wake(object) {
    for (const waiter of [...object.waiters]) {
      const result = object.waiters.has(waiter) && waiter.attempt();
      if (result) this.settle(waiter, result);
    }
  }
}
