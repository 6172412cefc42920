// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.match;

import dev.lanewise.jmh.contenders.Task;

/** How much alike results must be before their times may be compared. */
enum Agreement {
  /** Every element, as operands are whole numbers. */
  EXACT {
    @Override
    void require(Task task, float[] expected, float[] actual) {
      requireLength(task, expected, actual);
      for (int i = 0; i < expected.length; i++) {
        if (actual[i] != expected[i]) {
          throw new IllegalStateException(
              "%s: element %d of %d is %s instead of %s"
                  .formatted(task, i, expected.length, actual[i], expected[i]));
        }
      }
    }
  },

  /**
   * All elements together, in the Euclidean norm: that the same was computed, by an algorithm that
   * rounds otherwise. How far it may be off is for the tests to say.
   */
  CLOSE {
    @Override
    void require(Task task, float[] expected, float[] actual) {
      requireLength(task, expected, actual);
      double differences = 0;
      double squares = 0;
      for (int i = 0; i < expected.length; i++) {
        double difference = actual[i] - (double) expected[i];
        differences += difference * difference;
        squares += expected[i] * (double) expected[i];
      }
      double relative = Math.sqrt(differences / squares);
      if (!(relative < LARGEST_RELATIVE_DIFFERENCE)) {
        throw new IllegalStateException(
            "%s: the result is another, by %s of its norm".formatted(task, relative));
      }
    }
  };

  private static final double LARGEST_RELATIVE_DIFFERENCE = 1e-4;

  /**
   * Compares two results.
   *
   * @throws IllegalStateException if they differ
   */
  abstract void require(Task task, float[] expected, float[] actual);

  private static void requireLength(Task task, float[] expected, float[] actual) {
    if (actual.length != expected.length) {
      throw new IllegalStateException(
          "%s: %d elements instead of %d".formatted(task, actual.length, expected.length));
    }
  }
}
