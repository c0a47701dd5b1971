// Notices when nothing in a run can go on, because each process waits for another.

/** @typedef {import("./objects.js").Process} Process */

const QUIET = 1500; // ms without a new wait, after which the processes are asked whether anything can go on at all

export class DeadlockWatch {
  /** @type {Set<Process> | null} who have not said yet whether they can go on, since they were asked */
  asked = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} until they are asked */
  timer = undefined;

  /**
   * @param {Set<Process>} processes that have not ended
   * @param {(process: Process) => void} ask asks a process whether all of its threads wait
   * @param {() => void} report is called when nothing can go on
   */
  constructor(processes, ask, report) {
    this.processes = processes;
    this.ask = ask;
    this.report = report;
  }

  /** A process waits: perhaps the last one that went on. */
  waits() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.askAll(), QUIET);
  }

  /** Something has happened, so answers of before say nothing any more. */
  goesOn() {
    this.asked = null;
  }

  /** The run has ended. */
  end() {
    clearTimeout(this.timer);
  }

  /** Asks every process, if none waits with a time at which it goes on by itself. */
  askAll() {
    const all = [...this.processes];
    const waiters = all.flatMap(({ calls }) => [...calls.values()]);
    if (all.some(({ worker }) => !worker) || waiters.some(({ timer }) => timer !== undefined)) return;
    this.asked = new Set(all);
    for (const process of all) this.ask(process);
  }

  /**
   * When all have said so and nothing has happened since, nothing can go on. A process that computes does not answer.
   * @param {Process} process
   * @param {boolean} idle whether all of its threads wait
   */
  answer(process, idle) {
    if (!idle) this.asked = null;
    if (this.asked?.delete(process) && this.asked.size === 0) this.report();
  }
}
