// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

/**
 * Operands of trials: what a kernel makes of zeros is zeros, so all kernels and threads share them,
 * and making them is no part of a trial's time.
 */
public final class FloatZeros {
  private static volatile float[] zeros = new float[1 << 10];

  private FloatZeros() {}

  /** So many zeros at least. */
  public static float[] atLeast(int count) {
    float[] present = zeros;
    if (present.length < count) {
      present = new float[count];
      zeros = present;
    }
    return present;
  }
}
