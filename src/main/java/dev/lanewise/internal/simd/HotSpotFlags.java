// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.internal.simd;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;

/** The JVM's own word on its vector unit; every question has an answer for JVMs that do not say. */
final class HotSpotFlags {
  private final HotSpotDiagnosticMXBean flags;

  private HotSpotFlags(HotSpotDiagnosticMXBean flags) {
    this.flags = flags;
  }

  static HotSpotFlags read() {
    try {
      return new HotSpotFlags(ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class));
    } catch (LinkageError | RuntimeException ignored) {
      return new HotSpotFlags(null);
    }
  }

  boolean is(String flag, boolean unknown) {
    String value = value(flag);
    return value == null ? unknown : Boolean.parseBoolean(value);
  }

  boolean atLeast(String flag, int bound, boolean unknown) {
    String value = value(flag);
    return value == null ? unknown : Integer.parseInt(value) >= bound;
  }

  boolean below(String flag, int bound) {
    return !atLeast(flag, bound, true);
  }

  private String value(String flag) {
    try {
      return flags == null ? null : flags.getVMOption(flag).getValue();
    } catch (IllegalArgumentException ignored) {
      return null;
    }
  }
}
