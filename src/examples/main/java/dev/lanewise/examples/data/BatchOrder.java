// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.data;

import java.util.random.RandomGenerator;

/**
 * Deals the examples of a set out to batches of one size. The last one is smaller if the size does
 * not divide the set.
 */
public final class BatchOrder {
  private final int batchSize;
  private final int[] order;

  /** The order of the set, in batches of {@code batchSize}, or one if it is smaller. */
  public BatchOrder(int examples, int batchSize) {
    this.batchSize = Math.min(batchSize, examples);
    this.order = new int[examples];
    restore();
  }

  /** Number of batches. */
  public int batches() {
    return Math.ceilDiv(order.length, batchSize);
  }

  /** Examples of a batch that is not the last. */
  public int batchSize() {
    return batchSize;
  }

  /** Examples of one batch. */
  public int size(int batch) {
    return Math.min(batchSize, order.length - batch * batchSize);
  }

  /** Which example of the set is the one at {@code place} of a batch. */
  public int example(int batch, int place) {
    return order[batch * batchSize + place];
  }

  /**
   * Deals them out anew, each of all orders equally likely (Fisher and Yates); the same numbers
   * give the same order, whatever it was before.
   */
  public void shuffle(RandomGenerator random) {
    restore();
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int example = order[i];
      order[i] = order[j];
      order[j] = example;
    }
  }

  private void restore() {
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
  }
}
