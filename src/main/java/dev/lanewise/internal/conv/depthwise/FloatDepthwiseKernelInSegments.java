// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.depthwise;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.FloatNativeZeros;
import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;

/**
 * {@link FloatDepthwiseKernel} from native memory to native memory, with indices that count
 * elements. There is no scalar form: until one is fast, planes take a detour through arrays.
 *
 * <p>There is none for stride 2 forwards: it would store halves of vectors, whose masks take longer
 * than the detour (JDK 25).
 */
public interface FloatDepthwiseKernelInSegments extends Starting.Form {
  /** Without stride, either way. */
  Starting<FloatDepthwiseKernelInSegments> UNIT =
      Starting.vectorOnly(FloatDepthwiseKernelUnitInSegments.class);

  /** Stride 2 backwards. */
  Starting<FloatDepthwiseKernelInSegments> PHASES =
      Starting.vectorOnly(FloatDepthwiseKernelPhasesInSegments.class);

  /** As there. */
  long ALL_LANES = FloatDepthwiseKernel.ALL_LANES;

  /** As there. */
  int sourceStep();

  /** As there. */
  int targetStep();

  /** As there. */
  int positions();

  /** As there. */
  void run(
      int rows,
      MemorySegment above,
      long aboveOffset,
      MemorySegment source,
      long sourceOffset,
      long sourcePitch,
      MemorySegment below,
      long belowOffset,
      long left,
      long right,
      float[] weight,
      int weightOffset,
      int weightStep,
      float bias,
      MemorySegment target,
      long targetOffset,
      long targetPitch);

  /** A column inside the rows and one at their edge. */
  @Override
  default int trial() {
    int rows = 8;
    MemorySegment zeros = FloatNativeZeros.atLeast(2 * FloatLanes.LENGTH + 2);
    float[] weight = new float[1];
    for (long inside = ALL_LANES; inside <= 0; inside++) {
      run(rows, zeros, 0, zeros, 0, 0, zeros, 0, inside, inside, weight, 0, 0, 0, zeros, 0, 0);
    }
    return 2 * rows * 9;
  }
}
