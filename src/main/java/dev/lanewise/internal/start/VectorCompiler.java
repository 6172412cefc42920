// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.start;

/**
 * Whether the JVM has a compiler for vectors, as far as only its flags tell. Where nothing else
 * needs these it is asked when the first kernel is to be tried: a short process is spared the time.
 */
public final class VectorCompiler {
  /** What is said of a JVM without one. */
  public static final String C2_IS_OFF =
      "because the C2 compiler is off, without which vectors are slower than scalars";

  /** Why there is none; null if there is. */
  public static final String WHY_NONE = whyNone();

  private VectorCompiler() {}

  private static String whyNone() {
    if ("true".equals(System.getProperty("dev.lanewise.simd"))) {
      return null;
    }
    if (HotSpotFlags.below("TieredStopAtLevel", 4)) {
      return C2_IS_OFF;
    }
    return HotSpotFlags.is("EnableVectorSupport", true)
        ? null
        : "because this JVM does not compile vectors (EnableVectorSupport is off)";
  }
}
