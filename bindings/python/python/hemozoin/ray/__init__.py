"""Many machines: an archive whose slides are read on a Ray cluster.

    import hemozoin.ray

    done = hemozoin.ray.run("s3://bucket/slides", "archive-2026", film="thick")

The folder that this program holds (``out``) has the journal; workers are handed slides and give back what they read.
Records and tables are written here, by the code of ``hemozoin archive run``, and are the same bytes whatever the number
of workers and whoever dies: a worker that is killed costs the slide in flight, and a cluster that is gone costs the slides
in flight; the same call goes on from the journal. See docs/python.md.

``pip install hemozoin[ray]``; for S3 also ``s3fs``, for HTTP ``aiohttp``.
"""

from ._archive import Archive, Incomplete, Standing, run

__all__ = ["Archive", "Incomplete", "Standing", "run"]
