// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.contenders;

/** A contender that is ready for one problem: plans made, operands in place, weights packed. */
public interface Entry extends AutoCloseable {
  /** One call: this is what is timed. */
  void run();

  /** What the last call computed, in the layout of {@link Problem#result()}. */
  float[] result();

  /** Whether the first calls are slow because C2 has yet to compile them. */
  default boolean compilesWhileRunning() {
    return false;
  }

  @Override
  default void close() {}
}
