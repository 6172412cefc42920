// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.denoise;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.examples.data.Photos;
import dev.lanewise.examples.training.Allocation;
import dev.lanewise.examples.training.SilentProgress;
import dev.lanewise.examples.training.TrainingRun;
import dev.lanewise.nn.Parameter;
import dev.lanewise.nn.Schedule;
import dev.lanewise.nn.SplitMix64;
import dev.lanewise.nn.Tensor;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class DenoiserTest {
  private static final double NOISE = 0.1;

  @Test
  void hasTheSeedsChannels() throws IOException {
    List<String> parameters =
        denoiser(new SplitMix64(0), 32).network().parameters().stream()
            .map(Parameter::toString)
            .toList();
    assertEquals(
        List.of(
            "0.weight[16, 3, 3, 3]",
            "0.bias[16]",
            "2.weight[32, 16, 3, 3]",
            "2.bias[32]",
            "5.weight[3, 32, 3, 3]",
            "5.bias[3]"),
        parameters);
  }

  @Test
  void givesBackAPictureOfTheSameSize() throws IOException {
    Denoiser denoiser = denoiser(new SplitMix64(0), 32);
    Tensor picture = denoiser.denoise(Tensor.zeros(2, 3, 18, 46));
    assertArrayEquals(new int[] {2, 3, 18, 46}, picture.shape());
  }

  @Test
  void noiseOfATenthIsTwentyDecibelsDown() throws IOException {
    TestSet test = new TestSet(Photos.embedded().test(), NOISE);
    // Clamped at black and white, the noise is a little smaller than it was added.
    assertTrue(test.noisyPsnr() > 20 && test.noisyPsnr() < 20.6, "PSNR " + test.noisyPsnr());
    assertEquals(new TestSet(Photos.embedded().test(), NOISE).noisyPsnr(), test.noisyPsnr());
    assertTrue(test.bestBlur().psnr() > test.noisyPsnr());
  }

  @Test
  void psnrIsThatOfTheMeanSquaredError() {
    float[] clean = {0, 0.5f, 1, 9};
    assertEquals(20, Psnr.of(new float[] {9, 0.1f, 0.4f, 0.9f}, 1, clean, 0, 3), 1e-5);
    // Outside of black and white there is nothing to see.
    assertEquals(
        -10 * Math.log10(0.01 / 3), Psnr.of(new float[] {-1, 0.4f, 2}, 0, clean, 0, 3), 1e-5);
    assertEquals(Double.POSITIVE_INFINITY, Psnr.of(clean, 0, clean, 0, 3));
  }

  /** A twentieth of the demo's steps; the test set's loss has the noise of its targets in it. */
  @Test
  void learnsToTakeNoiseAwayFromNoisyPicturesOnly() throws IOException {
    SplitMix64 random = new SplitMix64(0);
    Denoiser denoiser = denoiser(random, 16);
    TestSet test = new TestSet(Photos.embedded().test(), NOISE);
    TrainingRun run = run(denoiser, 2, random);
    assertTrue(run.run(new SilentProgress(), () -> false));
    double[] measured = run.test(1);
    assertTrue(measured[0] > NOISE * NOISE, run.describe(measured));
    assertTrue(measured[1] > test.noisyPsnr() + 3, run.describe(measured));
  }

  @Test
  void aSeedDecidesEveryBitOfARun() throws IOException {
    float[] losses = lossesOfSomeBatches(1);
    assertArrayEquals(losses, lossesOfSomeBatches(1));
    assertFalse(Arrays.equals(losses, lossesOfSomeBatches(2)));
  }

  /** Nightly: it waits until C2 has compiled every kernel that training meets. */
  @Test
  @Tag("nightly")
  void anEpochAllocatesNothing() throws IOException {
    Denoiser denoiser = denoiser(new SplitMix64(0), 32);
    assertEquals(0, Allocation.leastOfAnEpoch(denoiser), "bytes");
  }

  private static float[] lossesOfSomeBatches(long seed) throws IOException {
    SplitMix64 random = new SplitMix64(seed);
    TrainingRun run = run(denoiser(random, 32), 1, random);
    run.run(new SilentProgress(), () -> run.step() == 5);
    return run.losses();
  }

  private static TrainingRun run(Denoiser denoiser, int epochs, SplitMix64 random) {
    return new TrainingRun(
        denoiser, epochs, Schedule.cosine(0.01, 0, (long) epochs * denoiser.batches()), random);
  }

  private static Denoiser denoiser(SplitMix64 random, int step) throws IOException {
    Photos photos = Photos.embedded();
    NoisyPhotos noisy = new NoisyPhotos(photos.train(), new GaussianNoise(NOISE, random));
    CropBatches train = new CropBatches(noisy, new Crops(photos.train(), step), 8);
    return new Denoiser(train, new TestSet(photos.test(), NOISE), random);
  }
}
