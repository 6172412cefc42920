// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.seeds;

/** One way to compute a row of a table. */
interface TableEntry {
  /** N×C×OH×OW; valid until the next call. */
  float[] forward();

  /** The gradient of the input N×C×H×W; those of parameters are computed as well. */
  float[] backward(float[] gradOutput);

  /** The gradient of the weight by the last {@link #backward}; empty if there is none. */
  float[] gradWeight();

  /** Forward, the mean squared error against 0, and backward. */
  void forwardAndBackward();
}
