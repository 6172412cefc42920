// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The data cache that a core asks first, as far as the operating system says. */
public final class FirstLevelCache {
  private static final Path LINUX = Path.of("/sys/devices/system/cpu/cpu0/cache/index0/size");

  /** The least that a machine with vectors of 512 bits has. */
  private static final int LEAST_KILOBYTES = 32;

  /** Its size. Decides what is fast, and no bit of a result. */
  public static final int BYTES = kilobytes() << 10;

  /** Newer cores that begin two multiply-adds of 512 bits in a cycle have as much; Zen 4 less. */
  private static final int OF_TWO_MULTIPLY_ADDS = 48 << 10;

  private FirstLevelCache() {}

  /**
   * Whether the core seems to begin two multiply-adds of 512 bits in a cycle. No JVM says so; the
   * size of the cache stands for it. Decides what is fast, and no bit of a result.
   */
  public static boolean isOfTwoMultiplyAdds() {
    return Machine.SIMD
        && Machine.FMA
        && Machine.REGISTERS >= 32
        && FloatLanes.LENGTH * Float.SIZE == 512
        && BYTES >= OF_TWO_MULTIPLY_ADDS;
  }

  private static int kilobytes() {
    try {
      // Linux writes 48K.
      return Integer.parseInt(Files.readString(LINUX).strip().replace("K", ""));
    } catch (IOException | RuntimeException ignored) {
      return LEAST_KILOBYTES;
    }
  }
}
