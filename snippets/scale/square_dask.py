"""Squares five numbers in four worker processes of Dask."""

# /// script
# requires-python = ">=3.11"
# dependencies = ["distributed"]
# ///

from distributed import Client, LocalCluster


def square(x):
    return x * x


if __name__ == "__main__":
    with (
        LocalCluster(
            n_workers=4,
            threads_per_worker=1,
            dashboard_address="127.0.0.1:0",
            silence_logs="CRITICAL",
        ) as cluster,
        Client(cluster) as client,
    ):
        futures = client.map(square, [1, 2, 3, 4, 5])
        print(client.gather(futures))
