// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.peers;

import dev.lanewise.conv.Padding;
import dev.lanewise.nn.AvgPool2d;
import dev.lanewise.nn.BatchNorm2d;
import dev.lanewise.nn.Conv2dLayer;
import dev.lanewise.nn.ConvTranspose2dLayer;
import dev.lanewise.nn.Dropout;
import dev.lanewise.nn.Dropout2d;
import dev.lanewise.nn.Flatten;
import dev.lanewise.nn.Initializers;
import dev.lanewise.nn.Layer;
import dev.lanewise.nn.LeakyReLU;
import dev.lanewise.nn.Linear;
import dev.lanewise.nn.LogSoftmax;
import dev.lanewise.nn.MaxPool2d;
import dev.lanewise.nn.NearestUpsampling;
import dev.lanewise.nn.ReLU;
import dev.lanewise.nn.Sigmoid;
import dev.lanewise.nn.SplitMix64;
import dev.lanewise.nn.Tensor;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.bytedeco.pytorch.DoubleOptional;
import org.bytedeco.pytorch.LongOptional;
import org.bytedeco.pytorch.Scalar;
import org.bytedeco.pytorch.TensorOptional;
import org.bytedeco.pytorch.global.torch;

/** Every layer against PyTorch's at random settings: output, input and parameter gradients. */
class LayerPeerProperties {

  @Property
  void convolution(@ForAll long seed) {
    SplitMix64 random = new SplitMix64(seed);
    int groups = random.nextInt(1, 4);
    int kernelHeight = random.nextInt(1, 6);
    int kernelWidth = random.nextInt(1, 6);
    int strideHeight = random.nextInt(1, 4);
    int strideWidth = random.nextInt(1, 4);
    int paddingHeight = random.nextInt(0, 3);
    int paddingWidth = random.nextInt(0, 3);
    int dilation = random.nextInt(1, 3);
    Conv2dLayer.Builder builder =
        Conv2dLayer.of(
                groups * random.nextInt(1, 7),
                groups * random.nextInt(1, 12),
                kernelHeight,
                kernelWidth)
            .stride(strideHeight, strideWidth)
            .padding(Padding.of(paddingHeight, paddingWidth))
            .dilation(dilation)
            .groups(groups);
    Conv2dLayer layer = (random.nextBoolean() ? builder : builder.withoutBias()).build(random);
    int channels = layer.weight().value().size(1) * groups;
    Tensor input =
        LayerCase.random(
            random,
            random.nextInt(1, 5),
            channels,
            dilation * (kernelHeight - 1) + random.nextInt(1, 15),
            dilation * (kernelWidth - 1) + random.nextInt(1, 33));
    new LayerCase(
            layer,
            (x, p) ->
                torch.conv2d(
                    x,
                    p.get(0),
                    p.size() > 1 ? new TensorOptional(p.get(1)) : new TensorOptional(),
                    new long[] {strideHeight, strideWidth},
                    new long[] {paddingHeight, paddingWidth},
                    new long[] {dilation, dilation},
                    groups),
            input,
            terms(layer, input),
            false)
        .require(random);
  }

  @Property
  void transposedConvolution(@ForAll long seed) {
    SplitMix64 random = new SplitMix64(seed);
    int groups = random.nextInt(1, 4);
    int stride = random.nextInt(1, 4);
    int padding = random.nextInt(0, 2);
    int dilation = random.nextInt(1, 3);
    int outputPadding = random.nextInt(0, Math.max(stride, dilation));
    int kernel = random.nextInt(2, 5);
    ConvTranspose2dLayer layer =
        ConvTranspose2dLayer.of(
                groups * random.nextInt(1, 7), groups * random.nextInt(1, 7), kernel, kernel)
            .stride(stride)
            .padding(padding)
            .outputPadding(outputPadding)
            .dilation(dilation)
            .groups(groups)
            .build(random);
    Tensor input =
        LayerCase.random(
            random,
            random.nextInt(1, 5),
            layer.weight().value().size(0),
            random.nextInt(2, 10),
            random.nextInt(2, 18));
    new LayerCase(
            layer,
            (x, p) ->
                torch.conv_transpose2d(
                    x,
                    p.get(0),
                    new TensorOptional(p.get(1)),
                    new long[] {stride, stride},
                    new long[] {padding, padding},
                    new long[] {outputPadding, outputPadding},
                    groups,
                    dilation,
                    dilation),
            input,
            terms(layer, input),
            false)
        .require(random);
  }

  @Property
  void linear(@ForAll long seed) {
    SplitMix64 random = new SplitMix64(seed);
    int features = random.nextInt(1, 100);
    Linear layer = Linear.of(features, random.nextInt(1, 60)).build(random);
    Tensor input = LayerCase.random(random, random.nextInt(1, 40), features);
    new LayerCase(
            layer,
            (x, p) -> torch.linear(x, p.get(0), new TensorOptional(p.get(1))),
            input,
            terms(layer, input),
            false)
        .require(random);
  }

  @Property
  void maximumPooling(@ForAll long seed) {
    SplitMix64 random = new SplitMix64(seed);
    int kernel = random.nextInt(1, 5);
    int stride = random.nextBoolean() ? kernel : random.nextInt(1, 4);
    int dilation = random.nextInt(1, 3);
    int padding = random.nextInt(0, kernel / 2 + 1);
    boolean ceil = random.nextBoolean();
    MaxPool2d.Builder builder =
        MaxPool2d.of(kernel).stride(stride).padding(padding).dilation(dilation);
    MaxPool2d layer = (ceil ? builder.ceil() : builder).build();
    selecting(
        layer,
        (x, p) ->
            torch.max_pool2d(
                x, pair(kernel), pair(stride), pair(padding), pair(dilation), ceil),
        image(random, dilation * (kernel - 1) + 1),
        kernel * kernel,
        random);
  }

  /** The window that has an operator of its own, with equal elements. */
  @Property
  void maximumOfPairs(@ForAll long seed) {
    SplitMix64 random = new SplitMix64(seed);
    Tensor input = image(random, 2);
    for (int i = 0; i < input.data().length; i++) {
      input.data()[i] = Math.round(input.data()[i] * 2);
    }
    selecting(MaxPool2d.of(2).build(), (x, p) -> torch.max_pool2d(x, 2, 2), input, 1, random);
  }

  @Property
  void averagePooling(@ForAll long seed) {
    SplitMix64 random = new SplitMix64(seed);
    int kernel = random.nextInt(1, 5);
    int stride = random.nextInt(1, 5);
    int padding = random.nextInt(0, kernel / 2 + 1);
    boolean ceil = random.nextBoolean();
    boolean counting = random.nextBoolean();
    AvgPool2d.Builder builder = AvgPool2d.of(kernel).stride(stride).padding(padding);
    builder = ceil ? builder.ceil() : builder;
    builder = counting ? builder : builder.withoutCountingPadding();
    new LayerCase(
            builder.build(),
            (x, p) ->
                torch.avg_pool2d(
                    x,
                    pair(kernel),
                    pair(stride),
                    pair(padding),
                    ceil,
                    counting,
                    new LongOptional()),
            image(random, kernel),
            kernel * kernel,
            false)
        .require(random);
  }

  @Property
  void nearestUpsampling(@ForAll long seed) {
    SplitMix64 random = new SplitMix64(seed);
    Tensor input = image(random, 2);
    double scaleHeight = scale(random, input.size(2));
    double scaleWidth = scale(random, input.size(3));
    long[] size = {
      (long) (input.size(2) * scaleHeight), (long) (input.size(3) * scaleWidth),
    };
    new LayerCase(
            NearestUpsampling.of(scaleHeight, scaleWidth),
            (x, p) ->
                torch.upsample_nearest2d(
                    x,
                    size,
                    new DoubleOptional(scaleHeight),
                    new DoubleOptional(scaleWidth)),
            input,
            25,
            false)
        .require(random);
  }

  /**
   * PyTorch's gradients, and its outputs for some layouts, take the factor for 1 or 2 where the
   * size says so (2.2 times 4 is 8 as well), so that they are not those of its other outputs. Such
   * factors are made whole.
   */
  private static double scale(SplitMix64 random, int size) {
    double scale = random.nextBoolean() ? 2 : random.nextDouble(0.5, 4);
    int scaled = (int) (size * scale);
    return scaled % size == 0 && scaled <= 2 * size ? scaled / size : scale;
  }

  @Property
  void rectifiers(@ForAll long seed) {
    SplitMix64 random = new SplitMix64(seed);
    Tensor input = image(random, 1);
    selecting(new ReLU(), (x, p) -> torch.relu(x), input, 1, random);
    double slope = random.nextDouble(0, 1);
    selecting(
        LeakyReLU.of(slope), (x, p) -> torch.leaky_relu(x, new Scalar(slope)), input, 1, random);
    selecting(new Flatten(), (x, p) -> torch.flatten(x, 1, -1), input, 1, random);
  }

  /** PyTorch drops what ours dropped: the generators differ, what they do must not. */
  @Property
  void dropout(@ForAll long seed) {
    SplitMix64 random = new SplitMix64(seed);
    double probability = random.nextDouble();
    long generator = random.nextLong();
    Tensor input = image(random, 1);
    Tensor ones = Tensor.zeros(input.shape());
    Arrays.fill(ones.data(), 1);
    Tensor kept = Dropout.of(probability, new SplitMix64(generator)).forward(ones);
    requireFactors(kept, probability, 1);
    selecting(
        Dropout.of(probability, new SplitMix64(generator)),
        (x, p) -> x.mul(Torch.of(kept)),
        input,
        1,
        random);
    Tensor planes = Dropout2d.of(probability, new SplitMix64(generator)).forward(ones);
    requireFactors(planes, probability, input.size(2) * input.size(3));
    selecting(
        Dropout2d.of(probability, new SplitMix64(generator)),
        (x, p) -> x.mul(Torch.of(planes)),
        input,
        1,
        random);
  }

  private static void requireFactors(Tensor factors, double probability, int together) {
    float scale = (float) (1 / (1 - probability));
    for (int i = 0; i < factors.data().length; i++) {
      float factor = factors.data()[i];
      if (factor != 0 && factor != scale || factor != factors.data()[i - i % together]) {
        throw new AssertionError("factor %s at %d".formatted(factor, i));
      }
    }
  }

  /**
   * With σ = 1/(1 + e) and e = e⁻ˣ, relative errors of e and of the operations give σ one of a few
   * units, and σ·(1 − σ) an absolute one, because 1 − σ cancels: at most 16 roundings each.
   */
  @Property
  void logisticFunction(@ForAll long seed) {
    SplitMix64 random = new SplitMix64(seed);
    Tensor input = image(random, 1);
    for (int i = 0; i < input.data().length; i++) {
      input.data()[i] *= 20;
    }
    Compared compared = Compared.of(new Sigmoid(), (x, p) -> torch.sigmoid(x), input, random);
    compared.requireOutput(16, compared.theirs().output());
    compared.requireGradInput(16, compared.gradOutput());
  }

  /**
   * y = x − log Σ eˣ has an error of C + 16 roundings of L = 2·max|x| + log C + 1, the greatest of
   * its parts; dx = dy − eʸ·Σ dy one of as many of (1 + L)·(|dy| + Σ|dy|), as an error of y is a
   * relative one of eʸ.
   */
  @Property
  void logarithmOfSoftmax(@ForAll long seed) {
    SplitMix64 random = new SplitMix64(seed);
    int classes = random.nextInt(1, 30);
    Tensor input = LayerCase.random(random, random.nextInt(1, 40), classes);
    double range = random.nextDouble(0, 30);
    for (int i = 0; i < input.data().length; i++) {
      input.data()[i] *= (float) range;
    }
    Compared compared =
        Compared.of(new LogSoftmax(), (x, p) -> torch.log_softmax(x, 1), input, random);
    double largest = 2 * range + Math.log(classes) + 1;
    float[] outputs = new float[input.data().length];
    float[] gradients = new float[input.data().length];
    for (int i = 0; i < outputs.length; i++) {
      double sum = 0;
      for (int j = 0; j < classes; j++) {
        sum += Math.abs(compared.gradOutput()[i - i % classes + j]);
      }
      outputs[i] = (float) largest;
      gradients[i] = (float) ((1 + largest) * (Math.abs(compared.gradOutput()[i]) + sum));
    }
    compared.requireOutput(classes + 16, outputs);
    compared.requireGradInput(classes + 16, gradients);
  }

  /**
   * With n = N·H·W elements of at most 1 in a channel, mean and variance have errors of n + 16
   * roundings, the variance's relative to itself up to 1/variance. Deviations from the mean are at
   * most 2, and what they are divided by at least the root of the variance.
   */
  @Property
  void batchNormalization(@ForAll long seed) {
    SplitMix64 random = new SplitMix64(seed);
    int channels = random.nextInt(1, 5);
    Tensor input =
        LayerCase.random(
            random,
            random.nextInt(2, 6),
            channels,
            random.nextInt(2, 7),
            random.nextInt(2, 7));
    BatchNorm2d layer = BatchNorm2d.of(channels).epsilon(1e-3).momentum(0.2).build();
    Initializers.uniform(layer.weight().value(), -1, 1, random);
    Initializers.uniform(layer.bias().orElseThrow().value(), -1, 1, random);
    boolean training = random.nextBoolean();
    Tensor mean = LayerCase.random(random, channels);
    Tensor variance = LayerCase.random(random, channels);
    for (int c = 0; c < channels; c++) {
      variance.data()[c] = variance.data()[c] + 1.5f;
      layer.runningMean().data()[c] = mean.data()[c];
      layer.runningVariance().data()[c] = variance.data()[c];
    }
    layer.training(training);
    try (var theirMean = Torch.of(mean);
        var theirVariance = Torch.of(variance)) {
      Compared compared =
          Compared.of(
              layer,
              (x, p) ->
                  torch.batch_norm(
                      x,
                      new TensorOptional(p.get(0)),
                      new TensorOptional(p.get(1)),
                      new TensorOptional(theirMean),
                      new TensorOptional(theirVariance),
                      training,
                      0.2,
                      1e-3,
                      false),
              input,
              random);
      long count = input.data().length / channels;
      compared.requireOutput(count + 16, constant(input.data().length, 2 * WORST * WORST));
      compared.requireGradInput(
          count + 16, constant(input.data().length, 4 * WORST * WORST * WORST * WORST));
      compared.requireGradient(0, count + 16, constant(channels, 2 * WORST * WORST * count));
      compared.requireGradient(1, count + 16, constant(channels, count));
      Compared.require(
          "running mean",
          count + 16,
          Torch.values(theirMean),
          layer.runningMean().data(),
          constant(channels, 1));
      Compared.require(
          "running variance",
          count + 16,
          Torch.values(theirVariance),
          layer.runningVariance().data(),
          constant(channels, 4));
    }
  }

  /** What a deviation of 2 may become when it is divided by the least deviation of eight draws. */
  private static final float WORST = 2 / 0.1f;

  private static float[] constant(int count, double value) {
    float[] values = new float[count];
    Arrays.fill(values, (float) value);
    return values;
  }

  private static void selecting(
      Layer layer, Torch.Function function, Tensor input, long terms, SplitMix64 random) {
    new LayerCase(layer, function, input, terms, true).require(random);
  }

  private static Tensor image(SplitMix64 random, int least) {
    return LayerCase.random(
        random,
        random.nextInt(1, 4),
        random.nextInt(1, 5),
        least + random.nextInt(0, 12),
        least + random.nextInt(0, 40));
  }

  /** No sum is longer than all of the weight, or all of the output. */
  private static long terms(Layer layer, Tensor input) {
    long weight = layer.parameters().getFirst().value().data().length;
    return Math.max(weight, layer.forward(input).data().length);
  }

  private static long[] pair(long both) {
    return new long[] {both, both};
  }
}
