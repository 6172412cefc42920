// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.denoise;

import dev.lanewise.examples.data.Photo;
import java.util.ArrayList;
import java.util.List;

/**
 * Photographs, each taken twice in bad light: two noisy versions with independent noise. The clean
 * ones are left behind; what learns from these never sees them.
 */
final class NoisyPhotos {
  private final List<Photo> first = new ArrayList<>();
  private final List<Photo> second = new ArrayList<>();

  /** Takes all photographs twice, in their order. */
  NoisyPhotos(List<Photo> clean, GaussianNoise noise) {
    for (Photo photo : clean) {
      first.add(withNoise(photo, noise));
      second.add(withNoise(photo, noise));
    }
  }

  /** How many photographs. */
  int count() {
    return first.size();
  }

  /** One photograph's first version. */
  Photo first(int photo) {
    return first.get(photo);
  }

  /** The second version of the same photograph. */
  Photo second(int photo) {
    return second.get(photo);
  }

  private static Photo withNoise(Photo photo, GaussianNoise noise) {
    return new Photo(photo.name(), photo.height(), photo.width(), noise.addedTo(photo.pixels()));
  }
}
