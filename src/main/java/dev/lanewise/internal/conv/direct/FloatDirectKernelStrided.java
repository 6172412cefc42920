// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.direct;

import dev.lanewise.internal.simd.FloatZeros;
import dev.lanewise.internal.start.Starting;

/**
 * A {@link FloatDirectKernel} whose pixels are two elements apart: windows of stride 2, read where
 * the image stands. There is no scalar form: until it is fast, copies are read.
 *
 * <p>Only the longest runs have one. Where rows of pixels are whole runs of 7, as those of 14, 28
 * or 56, or nearly, it saves the copy, and the wait for what is copied.
 */
public interface FloatDirectKernelStrided extends Starting.Form {
  /** Elements from one pixel to the next. */
  int STEP = 2;

  /** For 32 registers. */
  Starting<FloatDirectKernelStrided> BEST = Starting.vectorOnly(FloatDirectKernel14x2Strided.class);

  /** RUN. */
  int run();

  /** NR. */
  int lanes();

  /** As {@link FloatDirectKernel#accumulate}, with pixels of a run {@link #STEP} elements apart. */
  void accumulate(
      int taps,
      int[] offsets,
      int offset,
      float[] image,
      int first,
      int second,
      float[] weight,
      int weightOffset,
      float[] sums,
      int initial,
      int toFirst,
      int toSecond,
      int step,
      int skip,
      int spare);

  @Override
  default int trial() {
    int taps = 16;
    float[] zeros = FloatZeros.atLeast(taps * lanes());
    accumulate(taps, new int[taps], 0, zeros, 0, 0, zeros, 0, zeros, 0, 0, 0, 0, 0, 0);
    return taps * run() * 4;
  }
}
