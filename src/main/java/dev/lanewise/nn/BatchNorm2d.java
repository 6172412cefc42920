// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.Arrays;

/**
 * Batch normalization, as PyTorch defines it: every channel is brought to mean 0 and variance 1,
 * then scaled and moved by what the layer learns.
 *
 * <pre>y = (x − mean) / √(variance + ε) · weight + bias</pre>
 *
 * <p>In training, mean and variance are those of the channel's elements in the batch, all N·H·W of
 * them, and move the running ones:
 *
 * <pre>
 * running_mean ← (1 − momentum) · running_mean + momentum · mean
 * running_var  ← (1 − momentum) · running_var  + momentum · variance · n / (n − 1), n = N·H·W
 * </pre>
 *
 * <p>In evaluation they are the running ones. The input is N×C×H×W, or C×H×W; weight (1 at first)
 * and bias (0) have C elements. Sums are taken in double, always in the same order.
 *
 * <p>Ioffe and Szegedy, <i>Batch Normalization</i>, 2015, arXiv:1502.03167.
 */
public final class BatchNorm2d extends FloatWeightedLayer {
  private final int channels;
  private final double epsilon;
  private final double momentum;
  private final Tensor runningMean;
  private final Tensor runningVariance;
  private long batchesTracked;
  private boolean training = true;

  private BatchNorm2d(Builder builder, Parameter weight, Parameter bias) {
    super(weight, bias);
    this.channels = builder.channels;
    this.epsilon = builder.epsilon;
    this.momentum = builder.momentum;
    this.runningMean = Tensor.zeros(channels);
    this.runningVariance = ones(channels);
  }

  /**
   * A layer for images of some channels.
   *
   * @param channels C
   * @return a builder with PyTorch's ε, 10⁻⁵, and momentum, 0.1
   * @throws IllegalArgumentException if channels is not positive
   */
  public static Builder of(int channels) {
    if (channels <= 0) {
      throw new IllegalArgumentException("num_features must be positive: num_features=" + channels);
    }
    return new Builder(channels);
  }

  /**
   * The running mean of each channel.
   *
   * @return the tensor that training moves
   */
  public Tensor runningMean() {
    return runningMean;
  }

  /**
   * The running variance of each channel.
   *
   * @return the tensor that training moves
   */
  public Tensor runningVariance() {
    return runningVariance;
  }

  /** What multiplies a channel in evaluation: weight / √(running_var + ε). */
  double factor(int c) {
    return weightValue()[c] / Math.sqrt(runningVariance.data[c] + epsilon);
  }

  /** What becomes of a number in evaluation. */
  double normalized(int c, double x) {
    return (x - runningMean.data[c]) * factor(c) + biasValue()[c];
  }

  @Override
  public void training(boolean training) {
    this.training = training;
  }

  @Override
  public StateDict stateDict() {
    return super.stateDict()
        .tensor("running_mean", runningMean)
        .tensor("running_var", runningVariance)
        .wholeNumber("num_batches_tracked", () -> batchesTracked, n -> batchesTracked = n);
  }

  @Override
  FloatPass prepare(int[] inputShape) {
    return new Pass(inputShape, images(inputShape));
  }

  @Override
  FloatStep evaluated(int[] inputShape) {
    return new FloatPassStep(
        new Pass(inputShape, images(inputShape)) {
          @Override
          void forward(float[] workspace) {
            forward(false);
          }
        });
  }

  ImageShape images(int[] inputShape) {
    ImageShape images = ImageShape.of("batch_norm2d", inputShape);
    images.requireChannels(channels, "running_mean of size " + runningMean);
    return images;
  }

  @Override
  String settings() {
    return "%d, epsilon=%s, momentum=%s".formatted(channels, epsilon, momentum);
  }

  private static Tensor ones(int count) {
    Tensor ones = Tensor.zeros(count);
    Arrays.fill(ones.data, 1);
    return ones;
  }

  /** One input shape, and what every channel was normalized by last. */
  private class Pass extends FloatPass {
    private final int[] inputShape;
    private final int batch;
    private final int plane;
    private final double[] means = new double[channels];
    private final double[] inverseDeviations = new double[channels];
    private boolean byBatch;

    Pass(int[] inputShape, ImageShape images) {
      super(inputShape);
      this.inputShape = inputShape;
      this.batch = images.batch();
      this.plane = images.height() * images.width();
    }

    @Override
    void forward(float[] workspace) {
      forward(training);
    }

    final void forward(boolean measured) {
      byBatch = measured;
      if (measured) {
        requireSeveralElements();
        batchesTracked++;
      }
      for (int c = 0; c < channels; c++) {
        // Of an empty batch there is nothing to measure.
        double variance = measured && batch * plane > 0 ? measure(c) : recall(c);
        inverseDeviations[c] = 1 / Math.sqrt(variance + epsilon);
        normalize(c);
      }
    }

    private double recall(int c) {
      means[c] = runningMean.data[c];
      return runningVariance.data[c];
    }

    /** Mean and variance of a channel in the batch, which move the running ones. */
    private double measure(int c) {
      double count = (double) batch * plane;
      double sum = 0;
      for (int n = 0; n < batch; n++) {
        sum += sum(input(), start(n, c), plane);
      }
      double mean = sum / count;
      double squares = 0;
      for (int n = 0; n < batch; n++) {
        squares += sumOfSquares(input(), start(n, c), plane, mean);
      }
      means[c] = mean;
      move(runningMean.data, c, mean);
      move(runningVariance.data, c, squares / (count - 1));
      return squares / count;
    }

    private void move(float[] running, int c, double measured) {
      running[c] = (float) ((1 - momentum) * running[c] + momentum * measured);
    }

    private void normalize(int c) {
      float mean = (float) means[c];
      float factor = (float) (inverseDeviations[c] * weightValue()[c]);
      float shift = biasValue()[c];
      for (int n = 0; n < batch; n++) {
        normalize(input(), output(), start(n, c), plane, mean, factor, shift);
      }
    }

    /**
     * dx = weight/σ · (dy − (Σ dy + x̂ · Σ dy·x̂) / n), x̂ = (x − mean)/σ; without the part in
     * brackets where mean and variance did not depend on the batch.
     */
    @Override
    void backwardInput(float[] gradOutput, float[] workspace) {
      double count = (double) batch * plane;
      for (int c = 0; c < channels; c++) {
        double deviation = inverseDeviations[c];
        double sum = byBatch ? sums(gradOutput, c) / count : 0;
        double product = byBatch ? products(gradOutput, c) * deviation * deviation / count : 0;
        for (int n = 0; n < batch; n++) {
          derive(
              input(),
              gradOutput,
              gradInput(),
              start(n, c),
              plane,
              (float) means[c],
              (float) product,
              (float) sum,
              (float) (deviation * weightValue()[c]));
        }
      }
    }

    @Override
    void backwardParameters(float[] gradOutput, float[] workspace) {
      for (int c = 0; c < channels; c++) {
        weightGradient()[c] += (float) (products(gradOutput, c) * inverseDeviations[c]);
        biasGradient()[c] += (float) sums(gradOutput, c);
      }
    }

    /** Σ dy of a channel. */
    private double sums(float[] gradOutput, int c) {
      double sum = 0;
      for (int n = 0; n < batch; n++) {
        sum += sum(gradOutput, start(n, c), plane);
      }
      return sum;
    }

    /** Σ dy·(x − mean) of a channel. */
    private double products(float[] gradOutput, int c) {
      double sum = 0;
      for (int n = 0; n < batch; n++) {
        sum += sumOfProducts(gradOutput, input(), start(n, c), plane, means[c]);
      }
      return sum;
    }

    private int start(int n, int c) {
      return (n * channels + c) * plane;
    }

    private void requireSeveralElements() {
      if (batch * plane == 1) {
        throw new IllegalArgumentException(
            "Expected more than 1 value per channel when training, got input size "
                + Arrays.toString(inputShape));
      }
    }

    private static double sum(float[] values, int start, int count) {
      double sum = 0;
      for (int i = start; i < start + count; i++) {
        sum += values[i];
      }
      return sum;
    }

    private static double sumOfSquares(float[] values, int start, int count, double mean) {
      double sum = 0;
      for (int i = start; i < start + count; i++) {
        sum += (values[i] - mean) * (values[i] - mean);
      }
      return sum;
    }

    private static double sumOfProducts(
        float[] factors, float[] values, int start, int count, double mean) {
      double sum = 0;
      for (int i = start; i < start + count; i++) {
        sum += factors[i] * (values[i] - mean);
      }
      return sum;
    }

    private static void normalize(
        float[] input,
        float[] output,
        int start,
        int count,
        float mean,
        float factor,
        float shift) {
      for (int i = start; i < start + count; i++) {
        output[i] = (input[i] - mean) * factor + shift;
      }
    }

    private static void derive(
        float[] input,
        float[] gradOutput,
        float[] gradInput,
        int start,
        int count,
        float mean,
        float product,
        float sum,
        float factor) {
      for (int i = start; i < start + count; i++) {
        gradInput[i] = (gradOutput[i] - sum - (input[i] - mean) * product) * factor;
      }
    }
  }

  /** Sets what a {@link BatchNorm2d} is made of. Each method changes the builder and returns it. */
  public static final class Builder {
    private final int channels;
    private double epsilon = 1e-5;
    private double momentum = 0.1;

    private Builder(int channels) {
      this.channels = channels;
    }

    /**
     * Sets what keeps the root from 0.
     *
     * @param epsilon ε
     * @return this
     * @throws IllegalArgumentException if it is negative or NaN
     */
    public Builder epsilon(double epsilon) {
      if (!(epsilon >= 0)) {
        throw new IllegalArgumentException("Invalid eps value: " + epsilon);
      }
      this.epsilon = epsilon;
      return this;
    }

    /**
     * Sets the share that a batch has in the running mean and variance.
     *
     * @param momentum the share
     * @return this
     * @throws IllegalArgumentException if it is not in [0, 1]
     */
    public Builder momentum(double momentum) {
      if (!(momentum >= 0 && momentum <= 1)) {
        throw new IllegalArgumentException("Invalid momentum value: " + momentum);
      }
      this.momentum = momentum;
      return this;
    }

    /**
     * Makes a layer in training that has seen no batch.
     *
     * @return the layer
     */
    public BatchNorm2d build() {
      return new BatchNorm2d(
          this,
          Parameter.of("weight", ones(channels)),
          Parameter.of("bias", Tensor.zeros(channels)));
    }
  }
}
