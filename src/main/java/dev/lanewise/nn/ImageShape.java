// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.Arrays;

/**
 * The sizes of a batch of images, N×C×H×W, or of one image without a batch axis, C×H×W.
 *
 * @param batched whether there is a batch axis
 * @param batch N; 1 without a batch axis
 * @param channels C
 * @param height H
 * @param width W
 */
record ImageShape(boolean batched, int batch, int channels, int height, int width) {

  /** Takes a tensor's shape apart; {@code operator} is who asks, for the message. */
  static ImageShape of(String operator, int[] shape) {
    return switch (shape.length) {
      case 3 -> new ImageShape(false, 1, shape[0], shape[1], shape[2]);
      case 4 -> new ImageShape(true, shape[0], shape[1], shape[2], shape[3]);
      default ->
          throw new IllegalArgumentException(
              "Expected 3D (unbatched) or 4D (batched) input to %s, but got input of size: %s"
                  .formatted(operator, Arrays.toString(shape)));
    };
  }

  /** Refuses another number of channels; {@code given} is what decides the right one. */
  void requireChannels(int expected, String given) {
    if (channels != expected) {
      throw new IllegalArgumentException(
          "Given %s, expected input%s to have %d channels, but got %d channels instead"
              .formatted(
                  given, Arrays.toString(resized(channels, height, width)), expected, channels));
    }
  }

  /** The shape of as many images of another size. */
  int[] resized(int channels, int height, int width) {
    return batched
        ? new int[] {batch, channels, height, width}
        : new int[] {channels, height, width};
  }
}
