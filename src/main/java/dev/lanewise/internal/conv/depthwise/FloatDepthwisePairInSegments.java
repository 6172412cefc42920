// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.depthwise;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.FloatNativeZeros;
import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;

/**
 * {@link FloatDepthwisePair} from native memory to native memory, with indices that count elements.
 */
public interface FloatDepthwisePairInSegments extends Starting.Form {
  Starting<FloatDepthwisePairInSegments> UNIT =
      Starting.vectorOnly(FloatDepthwisePairUnitInSegments.class);

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
      int second,
      long left,
      long right,
      float[] weight,
      int weightOffset,
      int weightStep,
      float bias,
      MemorySegment target,
      long targetOffset,
      long targetPitch);

  /** Columns inside the rows and some at their edge. */
  @Override
  default int trial() {
    int rows = 8;
    int length = FloatLanes.LENGTH;
    MemorySegment zeros = FloatNativeZeros.atLeast(2 * length + 2);
    float[] weight = new float[1];
    for (long inside = FloatDepthwiseKernel.ALL_LANES; inside <= 0; inside++) {
      run(
          rows, zeros, 0, zeros, 0, 0, zeros, 0, length, inside, inside, weight, 0, 0, 0, zeros, 0,
          0);
    }
    return 4 * rows * 9;
  }
}
