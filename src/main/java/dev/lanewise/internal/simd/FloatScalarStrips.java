// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

/** {@link FloatStrips}, element by element. */
final class FloatScalarStrips implements FloatStrips {
  @Override
  public void gather(
      float[] from,
      int fromOffset,
      int fromPlane,
      int fromPitch,
      int step,
      float[] to,
      int toOffset,
      int toPlane,
      int toPitch,
      int planes,
      int rows,
      int width) {
    for (int c = 0; c < planes; c++) {
      for (int r = 0; r < rows; r++) {
        int source = fromOffset + c * fromPlane + r * fromPitch;
        int target = toOffset + c * toPlane + r * toPitch;
        if (step == 1) {
          System.arraycopy(from, source, to, target, width);
        } else {
          for (int i = 0; i < width; i++) {
            to[target + i] = from[source + i * step];
          }
        }
      }
    }
  }

  @Override
  public void interleave(
      float[] from, int firstOffset, int secondOffset, float[] to, int toOffset, int count) {
    for (int i = 0; i < count; i++) {
      to[toOffset + i] = from[((i & 1) == 0 ? firstOffset : secondOffset) + (i >> 1)];
    }
  }
}
