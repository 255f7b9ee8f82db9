"""tract against ONNX Runtime on one net, one thread each, in alternation."""

import argparse
import os

os.environ.setdefault("RAYON_NUM_THREADS", "1")

import time

import numpy as np


def main():
    p = argparse.ArgumentParser()
    p.add_argument("model")
    p.add_argument("--repeats", type=int, default=40)
    a = p.parse_args()
    import onnxruntime
    import tract

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    peer = onnxruntime.InferenceSession(a.model, options, providers=["CPUExecutionProvider"])
    shape = peer.get_inputs()[0].shape
    ours = tract.onnx().load(a.model).into_model().into_runnable()
    x = np.random.default_rng(0).standard_normal(shape).astype(np.float32)
    name = peer.get_inputs()[0].name
    ref = peer.run(None, {name: x})[0]
    got = ours.run([x])[0].to_numpy()
    print("largest difference", float(np.abs(ref - got).max()))
    times = [[], []]
    for _ in range(a.repeats):
        for k, call in enumerate((lambda: ours.run([x]), lambda: peer.run(None, {name: x}))):
            start = time.perf_counter()
            call()
            times[k].append(1000 * (time.perf_counter() - start))
    (t, tm), (o, om) = [(float(np.median(v)), min(v)) for v in times]
    pixels = shape[2] * shape[3] / 1e6
    print(f"tile {shape[2]}: tract {t:.1f} ms (least {tm:.1f}), ORT {o:.1f} ms (least {om:.1f}), ratio {t / o:.2f} (of least {tm / om:.2f}), tract {t / pixels:.0f} ms per megapixel")


if __name__ == "__main__":
    main()
