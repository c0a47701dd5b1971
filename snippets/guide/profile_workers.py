"""Each task saves its profile; the parent adds them up."""

import cProfile
import glob
import multiprocessing
import pstats


def step(number):
    return number * number


def work(size):
    return sum(step(number) for number in range(size))


def profiled(size):
    with cProfile.Profile() as profile:
        result = work(size)
    profile.dump_stats(f"work-{size}.prof")
    return result


if __name__ == "__main__":
    with multiprocessing.Pool(2) as pool:
        with cProfile.Profile() as parent:
            results = pool.map(profiled, [1000, 2000, 3000])
    seen = pstats.Stats(parent).get_stats_profile().func_profiles
    print("step in the parent's profile:", "step" in seen)
    stats = pstats.Stats(*glob.glob("work-*.prof"))
    stats.strip_dirs().print_stats("step")
