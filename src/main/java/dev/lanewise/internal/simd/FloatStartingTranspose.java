// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import dev.lanewise.internal.start.Takeover;

/** {@link FloatVectorTranspose}, and until it is fast {@link FloatScalarTranspose}. */
final class FloatStartingTranspose implements FloatTranspose {
  private static final FloatTranspose SCALAR = new FloatScalarTranspose();

  /** Rows and columns of a trial. */
  private static final int SIDE = 16;

  private static final int COUNT = SIDE * SIDE;
  private static final float[] ZEROS = new float[2 * COUNT];

  private final Takeover takeover = new Takeover();

  @Override
  public void run(
      float[] from,
      int fromOffset,
      int ld,
      int rows,
      float[] to,
      int toOffset,
      int stride,
      int count) {
    if (takeover.done()) {
      Vectors.KERNEL.run(from, fromOffset, ld, rows, to, toOffset, stride, count);
      return;
    }
    long start = System.nanoTime();
    SCALAR.run(from, fromOffset, ld, rows, to, toOffset, stride, count);
    if (takeover.isDue(System.nanoTime() - start)) {
      takeover.tryOut(FloatStartingTranspose::tryRun);
    }
  }

  private static int tryRun() {
    Vectors.KERNEL.run(ZEROS, 0, SIDE, SIDE, ZEROS, COUNT, SIDE, SIDE);
    return COUNT / 2;
  }

  /** Loaded when first tried: a short program never needs it. */
  private static final class Vectors {
    static final FloatTranspose KERNEL = new FloatVectorTranspose();
  }
}
