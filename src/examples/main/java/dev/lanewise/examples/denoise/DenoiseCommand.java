// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.examples.denoise;

import dev.lanewise.examples.data.Photos;
import dev.lanewise.examples.training.TrainingOptions;
import dev.lanewise.examples.training.TrainingSession;
import dev.lanewise.nn.Schedule;
import dev.lanewise.nn.SplitMix64;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Trains the denoiser and compares it with what blurring can do. */
@Command(
    name = "denoise",
    sortOptions = false,
    showDefaultValues = true,
    description =
        "Trains convolutions of 3 to 16 and 16 to 32 channels, and a nearest-neighbour upsampling with a convolution back to"
            + " 3, to take noise out of 32 x 32 crops of photographs, from pairs of noisy pictures only (Noise2Noise: mean"
            + " squared error, Adam, the learning rate falling to 0 along a cosine), then compares it with the best Gaussian"
            + " blur on photographs held out and draws some of them.")
public final class DenoiseCommand implements Callable<Integer> {
  /** Training crops overlap: their corners are so many pixels apart. */
  private static final int TRAINING_STEP = 8;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "directory with PNG and JPEG photographs in DIR/train to learn from and in DIR/test to test with; without it ten"
              + " and four that the program carries with it")
  private Path data;

  @Option(
      names = "--noise",
      paramLabel = "SIGMA",
      defaultValue = "0.1",
      description = "standard deviation of the noise, where black is 0 and white 1")
  private double noise;

  @Mixin private final TrainingOptions options = new TrainingOptions(10, 8, 0.01);

  /** For the command line, which sets the options. */
  public DenoiseCommand() {}

  @Override
  public Integer call() throws IOException {
    options.require();
    options.require(noise > 0 && Double.isFinite(noise), "--noise", noise, "must be positive");
    Photos photos = data == null ? Photos.embedded() : Photos.in(data);
    SplitMix64 random = new SplitMix64(options.seed());
    NoisyPhotos noisy = new NoisyPhotos(photos.train(), new GaussianNoise(noise, random));
    Crops crops = new Crops(photos.train(), TRAINING_STEP);
    TestSet test = new TestSet(photos.test(), noise);
    Denoiser denoiser =
        new Denoiser(new CropBatches(noisy, crops, options.batchSize()), test, random);
    Schedule schedule =
        Schedule.cosine(options.learningRate(), 0, (long) options.epochs() * denoiser.batches());
    TrainingSession session = new TrainingSession("denoise", options, denoiser, schedule, random);
    session.decidedBy("--noise", noise);

    System.out.printf(
        "%,d crops of %d photographs to train on, %,d of %d others to test with; noise %s, %s%n",
        crops.count(),
        photos.train().size(),
        test.count(),
        photos.test().size(),
        noise,
        options.describe());
    if (!session.train()) {
      return TrainingSession.INTERRUPTED;
    }
    System.out.println(session.summary());
    TestSet.Blur blur = compareWithBlur(session, test, denoiser.test()[1]);
    Path cropsFile = session.file(".png");
    Path photoFile = session.file("-photo.png");
    Gallery gallery = new Gallery(test, denoiser, new GaussianBlur(blur.width()));
    gallery.drawCrops(cropsFile);
    gallery.drawPhoto(photoFile);
    System.out.printf(
        "%s, %s: held out, each noisy, blurred, denoised and clean%n", cropsFile, photoFile);
    session.finish("mean squared error against a noisy picture", cropsFile, photoFile);
    return 0;
  }

  private static TestSet.Blur compareWithBlur(
      TrainingSession session, TestSet test, double denoised) {
    double noisy = test.noisyPsnr();
    TestSet.Blur blur = test.bestBlur();
    System.out.printf(
        "PSNR of the noisy crops %.2f dB, of the best Gaussian blur (%.2f pixels) %.2f dB, of the network %.2f dB: %+.2f dB%n",
        noisy, blur.width(), blur.psnr(), denoised, denoised - blur.psnr());
    session.note("noisyPsnr", noisy);
    session.note("bestBlurPixels", blur.width());
    session.note("bestBlurPsnr", blur.psnr());
    session.note("psnr", denoised);
    return blur;
  }
}
