// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import java.lang.foreign.MemorySegment;

/**
 * Where cache lines begin in arrays and native memory. A vector of 512 bits that lies across two
 * lines is read at half the speed. G1 gives an array of more than half a region, which is 1 to 32
 * MiB, regions of its own, and its elements follow 16 bytes of header, unless those are compact. In
 * a smaller array lines begin anywhere, and in one of another collector as well: no harm is done
 * there, and nothing gained.
 */
public final class FloatLines {
  /** Elements of a cache line. */
  public static final int LENGTH = 64 / Float.BYTES;

  private static final int HEADER = 16 / Float.BYTES;

  private FloatLines() {}

  /** The first index from {@code index} on where a line begins. */
  public static int next(int index) {
    return Math.ceilDiv(index + HEADER, LENGTH) * LENGTH - HEADER;
  }

  /** Elements from {@code index} on before a line begins, for any array. */
  public static int beforeNext(float[] array, int index) {
    return next(index) - index;
  }

  /** The same for native memory, whose address says it; less than a line. */
  public static int beforeNext(MemorySegment segment, long index) {
    return Math.floorMod(-(segment.address() / Float.BYTES + index), LENGTH);
  }
}
