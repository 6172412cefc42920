// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.data;

import dev.lanewise.nn.Tensor;
import java.util.random.RandomGenerator;

/**
 * Cuts a set of images into batches N×1×H×W. The last one is smaller if the batch size does not
 * divide the set.
 */
public final class Batches {
  private final LabelledImages images;
  private final int batchSize;
  private final int[] order;
  private final Tensor whole;
  private final Tensor remainder;

  /** Batches in the order of the set; no image is copied yet. */
  public Batches(LabelledImages images, int batchSize) {
    this.images = images;
    this.batchSize = Math.min(batchSize, images.count());
    this.order = new int[images.count()];
    for (int i = 0; i < order.length; i++) {
      order[i] = i;
    }
    this.whole = Tensor.zeros(this.batchSize, 1, images.height(), images.width());
    this.remainder =
        Tensor.zeros(images.count() % this.batchSize, 1, images.height(), images.width());
  }

  /** Number of batches. */
  public int count() {
    return Math.ceilDiv(order.length, batchSize);
  }

  /** Puts the images into a new order, each of all orders equally likely (Fisher and Yates). */
  public void shuffle(RandomGenerator random) {
    for (int i = order.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int image = order[i];
      order[i] = order[j];
      order[j] = image;
    }
  }

  /** Copies one batch into a tensor, which holds it until the next call. */
  public Tensor load(int batch) {
    int first = batch * batchSize;
    Tensor target = order.length - first >= batchSize ? whole : remainder;
    for (int i = 0; i < target.size(0); i++) {
      images.copyPixels(order[first + i], target.data(), i * images.pixels());
    }
    return target;
  }
}
