// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.data;

import dev.lanewise.nn.Tensor;
import java.util.random.RandomGenerator;

/** A set of images in batches N×1×H×W, each with the digits that its images show. */
public final class Batches {
  private final LabelledImages images;
  private final BatchOrder order;
  private final Tensor whole;
  private final Tensor remainder;
  private final int[] wholeLabels;
  private final int[] remainderLabels;

  /** Batches in the order of the set; no image is copied yet. */
  public Batches(LabelledImages images, int batchSize) {
    this.images = images;
    this.order = new BatchOrder(images.count(), batchSize);
    int rest = images.count() % order.batchSize();
    this.whole = Tensor.zeros(order.batchSize(), 1, images.height(), images.width());
    this.remainder = Tensor.zeros(rest, 1, images.height(), images.width());
    this.wholeLabels = new int[order.batchSize()];
    this.remainderLabels = new int[rest];
  }

  /** Number of batches. */
  public int count() {
    return order.batches();
  }

  /** Number of images in one batch. */
  public int size(int batch) {
    return order.size(batch);
  }

  /** Deals the images out anew, as {@link BatchOrder#shuffle} does. */
  public void shuffle(RandomGenerator random) {
    order.shuffle(random);
  }

  /** Copies one batch into a tensor, which holds it until the next call. */
  public Tensor load(int batch) {
    Tensor target = isWhole(batch) ? whole : remainder;
    for (int i = 0; i < order.size(batch); i++) {
      images.copyPixels(order.example(batch, i), target.data(), i * images.pixels());
    }
    return target;
  }

  /** Copies the digits of one batch into an array, which holds them until the next call. */
  public int[] labels(int batch) {
    int[] target = isWhole(batch) ? wholeLabels : remainderLabels;
    for (int i = 0; i < target.length; i++) {
      target[i] = images.label(order.example(batch, i));
    }
    return target;
  }

  private boolean isWhole(int batch) {
    return order.size(batch) == order.batchSize();
  }
}
