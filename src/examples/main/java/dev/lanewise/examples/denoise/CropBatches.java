// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.denoise;

import dev.lanewise.examples.data.BatchOrder;
import dev.lanewise.examples.data.Photo;
import dev.lanewise.nn.Tensor;
import java.util.random.RandomGenerator;

/**
 * Crops of noisy photographs in batches N×3×32×32, each with the same crop of the second version.
 */
final class CropBatches {
  private final NoisyPhotos photos;
  private final Crops crops;
  private final BatchOrder order;
  private final Pair whole;
  private final Pair remainder;

  /**
   * One batch.
   *
   * @param input crops of the first versions
   * @param target the same crops of the second versions
   */
  record Pair(Tensor input, Tensor target) {
    static Pair zeros(int crops) {
      return new Pair(zerosFor(crops), zerosFor(crops));
    }

    private static Tensor zerosFor(int crops) {
      return Tensor.zeros(crops, Photo.CHANNELS, Crops.SIDE, Crops.SIDE);
    }
  }

  /** Batches in the order of the crops. */
  CropBatches(NoisyPhotos photos, Crops crops, int batchSize) {
    this.photos = photos;
    this.crops = crops;
    this.order = new BatchOrder(crops.count(), batchSize);
    this.whole = Pair.zeros(order.batchSize());
    this.remainder = Pair.zeros(crops.count() % order.batchSize());
  }

  int count() {
    return order.batches();
  }

  int size(int batch) {
    return order.size(batch);
  }

  /** Which crop is the one at {@code place} of a batch. */
  int crop(int batch, int place) {
    return order.example(batch, place);
  }

  void shuffle(RandomGenerator random) {
    order.shuffle(random);
  }

  /** Copies one batch into tensors, which hold it until the next call. */
  Pair load(int batch) {
    int size = order.size(batch);
    Pair pair = size == order.batchSize() ? whole : remainder;
    for (int i = 0; i < size; i++) {
      int crop = order.example(batch, i);
      int photo = crops.photo(crop);
      crops.copy(crop, photos.first(photo), pair.input().data(), i * Crops.PIXELS);
      crops.copy(crop, photos.second(photo), pair.target().data(), i * Crops.PIXELS);
    }
    return pair;
  }
}
