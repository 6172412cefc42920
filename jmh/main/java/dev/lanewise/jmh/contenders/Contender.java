// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.contenders;

/** A library, or a way of using it, that can solve some of the problems. */
public interface Contender {
  /** Whether it has the operator and the pass at all, and is not hopelessly slow at it. */
  boolean canSolve(Task task);

  /** Whether its results on whole numbers are those of every other, bit for bit. */
  default boolean exact() {
    return true;
  }

  /** Gets ready for a problem; the time this takes does not count. */
  Entry enter(Problem problem);
}
