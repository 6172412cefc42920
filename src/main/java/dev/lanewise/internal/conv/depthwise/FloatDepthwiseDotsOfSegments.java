// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.depthwise;

import dev.lanewise.internal.simd.FloatLanes;
import dev.lanewise.internal.simd.FloatNativeZeros;
import dev.lanewise.internal.simd.FloatZeros;
import dev.lanewise.internal.start.Starting;
import java.lang.foreign.MemorySegment;

/**
 * {@link FloatDepthwiseDots} of planes in native memory, with indices that count elements. There is
 * no scalar form: until one is fast, planes are copied to arrays. Columns go one by one.
 */
public interface FloatDepthwiseDotsOfSegments extends Starting.Form {
  /** Without stride. */
  Starting<FloatDepthwiseDotsOfSegments> UNIT =
      Starting.vectorOnly(FloatDepthwiseDotsUnitOfSegments.class);

  /** Stride 2. */
  Starting<FloatDepthwiseDotsOfSegments> STRIDED =
      Starting.vectorOnly(FloatDepthwiseDotsStridedOfSegments.class);

  /** The form for a stride of 1 or 2. */
  static Starting<FloatDepthwiseDotsOfSegments> of(int stride) {
    return stride == 1 ? UNIT : STRIDED;
  }

  /** As there. */
  int step();

  /** As there. */
  int windows();

  /** As there. */
  int leastRows();

  /** As there. */
  void run(
      int planes,
      int rows,
      int[] columns,
      long[] kept,
      MemorySegment above,
      long aboveOffset,
      long aboveStep,
      MemorySegment image,
      long imageOffset,
      long imagePitch,
      long imageStep,
      MemorySegment below,
      long belowOffset,
      long belowStep,
      MemorySegment filtered,
      long filteredOffset,
      long filteredPitch,
      long filteredStep,
      float[] sums,
      int sumsOffset);

  @Override
  default int trial() {
    int rows = 16;
    MemorySegment image = FloatNativeZeros.atLeast(FloatLanes.LENGTH + 2);
    float[] sums = FloatZeros.atLeast(9 + FloatLanes.LENGTH);
    int[] columns = {0, 0};
    long[] kept = {-1, -1, -1, -1, -1, -1};
    run(1, rows, columns, kept, image, 0, 0, image, 0, 0, 0, image, 0, 0, image, 0, 0, 0, sums, 0);
    return 2 * rows * 9;
  }
}
