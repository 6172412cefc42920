// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import dev.lanewise.internal.start.HotSpotFlags;
import dev.lanewise.internal.start.VectorCompiler;
import java.lang.System.Logger.Level;

/**
 * What this JVM compiles vectors to, decided once; whether it compiles them at all {@link
 * VectorCompiler} may be asked later. With {@link FloatLanes} the only place that knows about
 * species, registers and fused multiply-add; it links to no vector class, so that it also runs
 * where the incubator module is missing.
 *
 * <p>Two system properties override the choice, for tests: {@code dev.lanewise.simd=true|false} and
 * {@code dev.lanewise.vectorBits=128|256|512}, an upper bound.
 */
public final class Machine {
  private static final String FLAG = "--add-modules jdk.incubator.vector";

  private static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");

  private static final boolean MODULE_PRESENT = isModulePresent();

  /** Calls of {@link Math#fma} that are timed together: a clock may take a microsecond itself. */
  private static final int CALLS = 8;

  /** What one of them may take as an instruction. */
  private static final long INSTRUCTION_NANOS = 300;

  /**
   * Whether vectors have 512 bits and {@link Math#fma} is an instruction: all that is asked here
   * about registers is certain then, and {@link HotSpotFlags} need not be asked.
   */
  private static final boolean WIDEST = MODULE_PRESENT && Species.isWidest() && isFmaQuick();

  /** Why vectors are not used; null if they are. */
  private static final String WHY_SCALAR = whyScalar();

  /**
   * Whether kernels have vector forms, which run once they are fast and unless {@link
   * VectorCompiler} forbids to try them; otherwise there are scalars only.
   */
  public static final boolean SIMD = WHY_SCALAR == null;

  /**
   * Whether fused multiply-add is an instruction; {@link Math#fma} is thousands of them otherwise.
   */
  public static final boolean FMA =
      ARM || WIDEST || HotSpotFlags.is("UseFMA", SIMD && Species.bits() >= 256);

  /** Vector registers: 32 with AVX-512 and on ARM, 16 with less. */
  public static final int REGISTERS =
      ARM || WIDEST || HotSpotFlags.atLeast("UseAVX", 3, SIMD && Species.bits() >= 512) ? 32 : 16;

  /** Whether loads and stores under a mask are instructions. */
  public static final boolean MASKED_MEMORY =
      ARM
          ? SIMD && Species.bits() > 128
          : WIDEST || HotSpotFlags.atLeast("UseAVX", 2, SIMD && Species.bits() >= 256);

  private Machine() {}

  /** The choice and its reason, in words. */
  public static String describe() {
    return SIMD && VectorCompiler.WHY_NONE == null
        ? "%d-bit vectors, %d registers, %s"
            .formatted(
                Species.bits(), REGISTERS, FMA ? "fused multiply-add" : "no fused multiply-add")
        : "scalar, " + (SIMD ? VectorCompiler.WHY_NONE : WHY_SCALAR);
  }

  private static String whyScalar() {
    String forced = System.getProperty("dev.lanewise.simd");
    if ("false".equals(forced)) {
      return "because dev.lanewise.simd=false";
    }
    if (!MODULE_PRESENT) {
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
    String info = System.getProperty("java.vm.info", "");
    // The second: with C1 alone.
    if (info.contains("interpreted mode") || info.contains("emulated-client")) {
      return VectorCompiler.C2_IS_OFF;
    }
    if (!System.getProperty("java.vm.name", "").contains("HotSpot")
        && !System.getProperty("java.vm.name", "").contains("OpenJDK")) {
      return "because this JVM is not HotSpot";
    }
    if (Species.bits() < 128) {
      return "because vectors are shorter than 128 bits";
    }
    // Of two lanes some kernels have no scalar form to go on with.
    boolean later = (ARM || WIDEST) && Species.bits() > 128;
    return later ? null : VectorCompiler.WHY_NONE;
  }

  /**
   * Without the instruction a call computes with decimals of any length: interpreted and with the
   * clock around it in 5 µs, with the instruction in 80 ns (Emerald Rapids).
   */
  private static boolean isFmaQuick() {
    float sum = 1;
    for (int i = 0; i < 10; i++) {
      long start = System.nanoTime();
      for (int call = 0; call < CALLS; call++) {
        sum = Math.fma(0.25f, sum, 0.75f);
      }
      if (System.nanoTime() - start < CALLS * INSTRUCTION_NANOS) {
        return sum > 0;
      }
    }
    return false;
  }

  private static boolean isModulePresent() {
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

    static boolean isWidest() {
      return FloatLanes.MOST_BITS >= 512;
    }
  }
}
