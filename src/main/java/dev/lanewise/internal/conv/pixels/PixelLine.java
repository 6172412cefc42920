// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.pixels;

import dev.lanewise.internal.start.KernelCopy;
import java.lang.invoke.MethodHandles;

/**
 * How long the lines are that a {@link FloatPixelLineTile} reads, or a {@link FloatPhaseTile}: a
 * constant of its class, one hidden class for each, so that C2 takes all range checks out of its
 * loop.
 */
final class PixelLine {
  /** Each a sum of two powers of two at most: a product with others hides from C2 what it is. */
  private static final int[] LENGTHS = {32, 48, 64, 96, 128};

  static final int LONGEST = LENGTHS[LENGTHS.length - 1];

  private PixelLine() {}

  /** The shortest for so many elements; 0 if they are too many. */
  static int of(int elements) {
    for (int length : LENGTHS) {
      if (length >= elements) {
        return length;
      }
    }
    return 0;
  }

  /** That of a kernel's class, which is what it was {@linkplain KernelCopy defined with}. */
  static int of(MethodHandles.Lookup kernel) {
    int length = orNone(kernel);
    return length == 0 ? LENGTHS[0] : length;
  }

  /** The same; 0 for a class that was defined with none. */
  static int orNone(MethodHandles.Lookup kernel) {
    Integer length = KernelCopy.constants(kernel, Integer.class);
    return length == null ? 0 : length;
  }
}
