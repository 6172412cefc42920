// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.start;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/**
 * The JVM's own word on its vector unit; every question has an answer for JVMs that do not say. The
 * first one takes some 15 ms.
 */
public final class HotSpotFlags {
  private static final HotSpotDiagnosticMXBean FLAGS = flags();

  private HotSpotFlags() {}

  private static HotSpotDiagnosticMXBean flags() {
    try {
      return ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class);
    } catch (LinkageError | RuntimeException ignored) {
      return null;
    }
  }

  /** Whether a flag is on. */
  public static boolean is(String flag, boolean unknown) {
    String value = value(flag);
    return value == null ? unknown : Boolean.parseBoolean(value);
  }

  /** Whether a number is not below a bound. */
  public static boolean atLeast(String flag, int bound, boolean unknown) {
    String value = value(flag);
    return value == null ? unknown : Integer.parseInt(value) >= bound;
  }

  /** Whether a number is known to be below a bound. */
  public static boolean below(String flag, int bound) {
    return !atLeast(flag, bound, true);
  }

  private static String value(String flag) {
    try {
      return FLAGS == null ? null : FLAGS.getVMOption(flag).getValue();
    } catch (IllegalArgumentException ignored) {
      return null;
    }
  }
}
