// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.denoise;

import dev.lanewise.examples.data.Photo;
import dev.lanewise.examples.training.Learner;
import dev.lanewise.examples.training.Measure;
import dev.lanewise.nn.Adam;
import dev.lanewise.nn.Conv2dLayer;
import dev.lanewise.nn.MseLoss;
import dev.lanewise.nn.NearestUpsampling;
import dev.lanewise.nn.Optimizer;
import dev.lanewise.nn.ReLU;
import dev.lanewise.nn.Sequential;
import dev.lanewise.nn.Sigmoid;
import dev.lanewise.nn.Tensor;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The Noise2Noise network of seed 004: convolutions of 3 to 16 and 16 to 32 channels, and one
 * upsampling block, nearest neighbour and a convolution, that scales back to 3 channels.
 *
 * <pre>
 * 3×H×W → conv 3×3 → 16×H×W → ReLU → conv 3×3, stride 2 → 32×H/2×W/2 → ReLU
 *       → nearest ×2 → 32×H×W → conv 3×3 → 3×H×W → sigmoid
 * </pre>
 *
 * <p>The seed gives channels and blocks. The kernels of 3×3 and that the second convolution is the
 * strided one, which one upsampling by 2 undoes, are this program's choice.
 *
 * <p>It learns by Adam from the mean squared error between what it makes of one noisy version of a
 * crop and another noisy version of the same crop: the noise of the target cannot be guessed, so
 * the best guess is its mean, the clean crop (Lehtinen and others, <i>Noise2Noise</i>, 2018,
 * arXiv:1803.04189).
 */
final class Denoiser implements Learner {
  /** Sides of a picture must be multiples of it. */
  static final int STRIDE = 2;

  private static final int KERNEL = 3;
  private static final int PADDING = 1;

  private final Sequential network;
  private final MseLoss loss = new MseLoss();
  private final Optimizer optimizer;
  private final CropBatches train;
  private final TestSet test;

  Denoiser(CropBatches train, TestSet test, RandomGenerator random) {
    this.train = train;
    this.test = test;
    network =
        Sequential.of(
            Conv2dLayer.of(Photo.CHANNELS, 16, KERNEL).padding(PADDING).build(random),
            new ReLU(),
            Conv2dLayer.of(16, 32, KERNEL).stride(STRIDE).padding(PADDING).build(random),
            new ReLU(),
            NearestUpsampling.of(STRIDE),
            Conv2dLayer.of(32, Photo.CHANNELS, KERNEL).padding(PADDING).build(random),
            new Sigmoid());
    optimizer = Adam.of(network.parameters()).build();
  }

  @Override
  public Sequential network() {
    return network;
  }

  @Override
  public Optimizer optimizer() {
    return optimizer;
  }

  @Override
  public int batches() {
    return train.count();
  }

  @Override
  public int pictures(int batch) {
    return train.size(batch);
  }

  @Override
  public void shuffle(RandomGenerator random) {
    train.shuffle(random);
  }

  @Override
  public double learn(int batch) {
    CropBatches.Pair pair = train.load(batch);
    optimizer.zeroGrad();
    double value = loss.forward(network.forward(pair.input()), pair.target());
    network.backwardParameters(loss.backward());
    optimizer.step();
    return value;
  }

  @Override
  public List<Measure> measures() {
    return List.of(
        new Measure("testLoss", "test loss %.6f"), new Measure("testPsnr", "PSNR %.2f dB"));
  }

  /** The loss, which is measured against noisy crops as in training, and the PSNR of clean ones. */
  @Override
  public double[] test() {
    CropBatches batches = test.batches();
    double sum = 0;
    double psnr = 0;
    for (int b = 0; b < batches.count(); b++) {
      CropBatches.Pair pair = batches.load(b);
      int crops = batches.size(b);
      Tensor denoised = network.forward(pair.input());
      sum += loss.forward(denoised, pair.target()) * crops;
      for (int i = 0; i < crops; i++) {
        float[] clean = test.clean(batches.crop(b, i));
        psnr += Psnr.of(denoised.data(), i * Crops.PIXELS, clean, 0, Crops.PIXELS);
      }
    }
    return new double[] {sum / test.count(), psnr / test.count()};
  }

  /** What the network makes of a picture N×3×H×W; valid until its next use. */
  Tensor denoise(Tensor noisy) {
    return network.forward(noisy);
  }
}
