// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.denoise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.lanewise.examples.data.Photo;
import dev.lanewise.nn.SplitMix64;
import java.util.List;
import org.junit.jupiter.api.Test;

class CropsTest {
  private final Photo small = photo(32, 47);
  private final Photo large = photo(64, 48);

  @Test
  void liesOnAGridInEachPhotograph() {
    Crops crops = new Crops(List.of(small, large), 16);
    assertEquals(1 + 3 * 2, crops.count());
    assertEquals(0, crops.photo(0));
    for (int crop = 1; crop < 7; crop++) {
      assertEquals(1, crops.photo(crop));
    }
  }

  /** A pixel's value says where it is. */
  @Test
  void copiesEveryChannelFromItsPlace() {
    Crops crops = new Crops(List.of(small, large), 16);
    float[] target = new float[1 + Crops.PIXELS];
    crops.copy(4, large, target, 1);
    for (int c = 0; c < 3; c++) {
      for (int y = 0; y < 32; y++) {
        for (int x = 0; x < 32; x++) {
          assertEquals((c * 64 + 16 + y) * 48 + 16 + x, target[1 + (c * 32 + y) * 32 + x]);
        }
      }
    }
  }

  @Test
  void aBatchHasTheSameCropsOfBothVersions() {
    NoisyPhotos noisy =
        new NoisyPhotos(List.of(small, large), new GaussianNoise(0.1, new SplitMix64(1)));
    Crops crops = new Crops(List.of(small, large), 16);
    CropBatches batches = new CropBatches(noisy, crops, 4);
    batches.shuffle(new SplitMix64(2));
    assertEquals(2, batches.count());
    for (int b = 0; b < 2; b++) {
      CropBatches.Pair pair = batches.load(b);
      assertEquals(batches.size(b), pair.input().size(0));
      for (int i = 0; i < batches.size(b); i++) {
        int crop = batches.crop(b, i);
        assertCrop(crops, crop, noisy.first(crops.photo(crop)), pair.input().data(), i);
        assertCrop(crops, crop, noisy.second(crops.photo(crop)), pair.target().data(), i);
      }
    }
  }

  private static void assertCrop(Crops crops, int crop, Photo photo, float[] batch, int place) {
    float[] expected = new float[Crops.PIXELS];
    crops.copy(crop, photo, expected, 0);
    float[] actual = new float[Crops.PIXELS];
    System.arraycopy(batch, place * Crops.PIXELS, actual, 0, Crops.PIXELS);
    assertArrayEquals(expected, actual);
  }

  private static Photo photo(int height, int width) {
    float[] pixels = new float[3 * height * width];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = i;
    }
    return new Photo("counted", height, width, pixels);
  }
}
