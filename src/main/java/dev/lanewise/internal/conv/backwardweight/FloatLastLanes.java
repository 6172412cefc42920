// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.conv.backwardweight;

import java.util.Arrays;

/** Which lanes of a last vector, one that overlaps the vector before it, are its own. */
final class FloatLastLanes {
  private FloatLastLanes() {}

  /** Zeros, then ones, {@code length} of each: a vector from r on is one in its last r lanes. */
  public static float[] zerosThenOnes(int length) {
    float[] values = new float[2 * length];
    Arrays.fill(values, length, 2 * length, 1);
    return values;
  }
}
