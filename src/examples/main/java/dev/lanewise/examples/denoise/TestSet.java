// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.denoise;

import dev.lanewise.examples.data.Photo;
import dev.lanewise.nn.SplitMix64;
import dev.lanewise.nn.Tensor;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The photographs held out: what is measured is how far a noisy crop, or what a method makes of it,
 * is from the clean one. Crops do not overlap. Their noise is the same in every run.
 */
final class TestSet {
  private static final long NOISE_SEED = 0x6e6f697365L;
  private static final int BATCH = 32;

  private final List<Photo> clean;
  private final NoisyPhotos noisy;
  private final Crops crops;
  private final CropBatches batches;

  TestSet(List<Photo> clean, double sigma) {
    this.clean = clean;
    this.noisy = new NoisyPhotos(clean, new GaussianNoise(sigma, new SplitMix64(NOISE_SEED)));
    this.crops = new Crops(clean, Crops.SIDE);
    this.batches = new CropBatches(noisy, crops, BATCH);
  }

  /** The noisy crops in batches, with their second versions. */
  CropBatches batches() {
    return batches;
  }

  /** How many crops. */
  int count() {
    return crops.count();
  }

  /** The clean version of a crop. */
  float[] clean(int crop) {
    float[] pixels = new float[Crops.PIXELS];
    crops.copy(crop, clean.get(crops.photo(crop)), pixels, 0);
    return pixels;
  }

  /** The noisy version of a crop, N = 1. */
  Tensor noisy(int crop) {
    Tensor pixels = Tensor.zeros(1, Photo.CHANNELS, Crops.SIDE, Crops.SIDE);
    crops.copy(crop, noisy.first(crops.photo(crop)), pixels.data(), 0);
    return pixels;
  }

  /** The first photograph as it is. */
  Photo cleanPhoto() {
    return clean.getFirst();
  }

  /** The first photograph with noise. */
  Photo noisyPhoto() {
    return noisy.first(0);
  }

  /** The mean PSNR, in dB, of what a method makes of each noisy crop. */
  double psnr(UnaryOperator<float[]> method) {
    double sum = 0;
    for (int crop = 0; crop < crops.count(); crop++) {
      sum += Psnr.of(method.apply(noisy(crop).data()), 0, clean(crop), 0, Crops.PIXELS);
    }
    return sum / crops.count();
  }

  /** The mean PSNR, in dB, of the noisy crops themselves. */
  double noisyPsnr() {
    return psnr(UnaryOperator.identity());
  }

  /**
   * The Gaussian blur that brings the crops closest to the clean ones. Which that is can only be
   * told with the clean ones at hand, so this is more than a blur could do in earnest.
   */
  Blur bestBlur() {
    Blur best = null;
    for (int twentieths = 6; twentieths <= 80; twentieths++) {
      double width = twentieths / 20.0;
      GaussianBlur blur = new GaussianBlur(width);
      double psnr = psnr(crop -> blur.of(crop, Photo.CHANNELS, Crops.SIDE, Crops.SIDE));
      if (best == null || psnr > best.psnr()) {
        best = new Blur(width, psnr);
      }
    }
    return best;
  }

  /**
   * A Gaussian blur and what it comes to.
   *
   * @param width its standard deviation in pixels
   * @param psnr the mean PSNR in dB
   */
  record Blur(double width, double psnr) {}
}
