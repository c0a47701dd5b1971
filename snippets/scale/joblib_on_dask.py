"""The same call of joblib, on the workers of a Dask cluster."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["distributed", "joblib"]
# ///

from distributed import Client, LocalCluster
from joblib import Parallel, delayed, parallel_config


def square(x):
    return x * x


if __name__ == "__main__":
    with (
        LocalCluster(
            n_workers=2,
            threads_per_worker=1,
            dashboard_address="127.0.0.1:0",
            silence_logs="CRITICAL",
        ) as cluster,
        Client(cluster),
        parallel_config(backend="dask"),
    ):
        numbers = [1, 2, 3, 4, 5]
        print(Parallel()(delayed(square)(x) for x in numbers))
