// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.match;

/** A contender's process ended before it was told to: wrong results, no memory, a crash. */
final class WorkerEndedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  WorkerEndedException(String message) {
    super(message);
  }
}
