// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import java.lang.System.Logger.Level;

/**
 * What this JVM compiles vectors to, decided once. With {@link FloatLanes} the only place that
 * knows about species, registers and fused multiply-add; it links to no vector class, so that it
 * also runs where the incubator module is missing.
 *
 * <p>Two system properties override the choice, for tests: {@code dev.lanewise.simd=true|false} and
 * {@code dev.lanewise.vectorBits=128|256|512}, an upper bound.
 */
public final class Machine {
  private static final String FLAG = "--add-modules jdk.incubator.vector";

  private static final HotSpotFlags FLAGS = HotSpotFlags.read();
  private static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");

  /** Why vectors are not used; null if they are. */
  private static final String WHY_SCALAR = whyScalar();

  /** Whether the vector kernels run; otherwise the scalar ones do. */
  public static final boolean SIMD = WHY_SCALAR == null;

  /**
   * Whether fused multiply-add is an instruction; {@link Math#fma} is thousands of them otherwise.
   */
  public static final boolean FMA = ARM || FLAGS.is("UseFMA", SIMD && Species.bits() >= 256);

  /** Vector registers: 32 with AVX-512 and on ARM, 16 with less. */
  public static final int REGISTERS =
      ARM || FLAGS.atLeast("UseAVX", 3, SIMD && Species.bits() >= 512) ? 32 : 16;

  /** Whether loads and stores under a mask are instructions. */
  public static final boolean MASKED_MEMORY =
      ARM
          ? SIMD && Species.bits() > 128
          : FLAGS.atLeast("UseAVX", 2, SIMD && Species.bits() >= 256);

  private Machine() {}

  /** The choice and its reason, in words. */
  public static String describe() {
    return SIMD
        ? "%d-bit vectors, %d registers, %s"
            .formatted(
                Species.bits(), REGISTERS, FMA ? "fused multiply-add" : "no fused multiply-add")
        : "scalar, " + WHY_SCALAR;
  }

  private static String whyScalar() {
    String forced = System.getProperty("dev.lanewise.simd");
    if ("false".equals(forced)) {
      return "because dev.lanewise.simd=false";
    }
    if (!vectorModulePresent()) {
      System.getLogger("dev.lanewise")
          .log(
              Level.WARNING,
              "Lanewise runs its scalar kernels, more than ten times slower: the module"
                  + " jdk.incubator.vector is missing. Start java with "
                  + FLAG);
      return "because the module jdk.incubator.vector is missing; start java with " + FLAG;
    }
    if ("true".equals(forced)) {
      return null;
    }
    if (System.getProperty("java.vm.info", "").contains("interpreted mode")
        || FLAGS.below("TieredStopAtLevel", 4)) {
      return "because the C2 compiler is off, without which vectors are slower than scalars";
    }
    if (!FLAGS.is("EnableVectorSupport", true)) {
      return "because this JVM does not compile vectors (EnableVectorSupport is off)";
    }
    if (!System.getProperty("java.vm.name", "").contains("HotSpot")
        && !System.getProperty("java.vm.name", "").contains("OpenJDK")) {
      return "because this JVM is not HotSpot";
    }
    return Species.bits() < 128 ? "because vectors are shorter than 128 bits" : null;
  }

  private static boolean vectorModulePresent() {
    try {
      Class.forName("jdk.incubator.vector.FloatVector", false, Machine.class.getClassLoader());
      return true;
    } catch (ClassNotFoundException ignored) {
      return false;
    }
  }

  /** Keeps the vector classes out of this one's linking. */
  private static final class Species {
    static int bits() {
      return FloatLanes.BITS;
    }
  }
}
