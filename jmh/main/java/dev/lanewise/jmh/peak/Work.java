// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.peak;

/**
 * What one call of a benchmark does, and the ceiling it is held against.
 *
 * @param perCall floating-point operations or bytes
 * @param ceiling how fast the core can do such work
 */
public record Work(double perCall, Ceiling ceiling) {
  /** A JMH fork runs one benchmark with one set of parameters, so there is one work to know of. */
  private static volatile Work current;

  /** Multiplications and additions, held against the FMA loop. */
  public static Work multiplyAdds(long count) {
    return new Work(2.0 * count, FmaCeiling.INSTANCE);
  }

  /** Elements that must be read or written at least once, held against a copy of as many. */
  public static Work moves(long floats) {
    long bytes = Float.BYTES * floats;
    return new Work(bytes, new CopyCeiling(bytes));
  }

  /** Tells {@link CeilingProfiler} what is measured from now on. */
  public void declare() {
    current = this;
  }

  static Work current() {
    return current;
  }
}
