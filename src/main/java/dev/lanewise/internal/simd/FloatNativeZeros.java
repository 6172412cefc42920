// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** {@link FloatZeros} outside the heap. */
public final class FloatNativeZeros {
  private static volatile MemorySegment zeros = allocate(1 << 10);

  private FloatNativeZeros() {}

  /** So many zeros at least. */
  public static MemorySegment atLeast(int count) {
    MemorySegment present = zeros;
    if (present.byteSize() < (long) count * Float.BYTES) {
      present = allocate(count);
      zeros = present;
    }
    return present;
  }

  private static MemorySegment allocate(int count) {
    return Arena.ofAuto().allocate((long) count * Float.BYTES, Float.BYTES);
  }
}
