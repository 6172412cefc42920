// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import dev.lanewise.conv.Arithmetic;
import dev.lanewise.conv.WarmUp;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * A trained network at one input shape, for nothing but its output: what {@link Layer#eval} and
 * {@link Layer#forward} compute, in less time.
 *
 * <pre>{@code
 * Inference inference = Inference.of(network).build(1, 1, 28, 28);
 * Tensor scores = inference.forward(image);
 * }</pre>
 *
 * <p>The weights of {@link Conv2dLayer} and {@link ConvTranspose2dLayer} are packed once. Each
 * takes over what follows it: {@link BatchNorm2d}, of which nothing is left but other weights and
 * biases, and {@link ReLU} or a {@link LeakyReLU} that rises, which it applies to its sums while
 * they are in a cache. A {@link MaxPool2d} in between is no obstacle unless its windows may miss
 * the image. Dropout is not there at all.
 *
 * <p>The output has the bits of the network's own, but for the sign of a zero, and but behind a
 * BatchNorm2d that a convolution took over, or with {@link Arithmetic#FAST}: there it is rounded in
 * other places.
 *
 * <p>A {@link Layer} that is not Lanewise's is asked for its forward, in whatever mode it is.
 *
 * <p>Build it anew when the network has learnt: of some layers the parameters were copied. One
 * object serves one thread at a time. A call on one thread allocates nothing; the output belongs to
 * the object, which writes to it again at the next call.
 */
public final class Inference {
  private final int[] inputShape;
  private final List<String> names;
  private final List<FloatStep> steps;
  private final float[] workspace;

  Inference(int[] inputShape, List<String> names, List<FloatStep> steps) {
    this.inputShape = inputShape;
    this.names = names;
    this.steps = steps;
    int floats = 0;
    for (FloatStep step : steps) {
      floats = Math.max(floats, step.workspaceFloats());
    }
    workspace = new float[floats];
  }

  /**
   * Starts with a network.
   *
   * @param network a layer, most often a {@link Sequential}; need not be in evaluation
   * @return a builder with one thread and {@link Arithmetic#EXACT_SUM}
   * @throws NullPointerException if network is null
   */
  public static Builder of(Layer network) {
    return new Builder(network);
  }

  /**
   * Computes the output.
   *
   * @param input of the shape that this was built for
   * @return the output; of a network that does nothing the input
   * @throws IllegalArgumentException if the input has another shape
   * @throws NullPointerException if input is null
   */
  public Tensor forward(Tensor input) {
    Objects.requireNonNull(input, "input");
    if (!Arrays.equals(input.shape, inputShape)) {
      throw new IllegalArgumentException(
          "Expected input of shape %s, but got %s".formatted(Arrays.toString(inputShape), input));
    }
    Tensor latest = input;
    for (int i = 0; i < steps.size(); i++) {
      FloatStep step = steps.get(i);
      step.run(latest, workspace);
      latest = step.output();
    }
    return latest;
  }

  /** Runs forward on zeros until it no longer gets faster, as {@link WarmUp} does. */
  public void warmUp() {
    Tensor zeros = Tensor.zeros(inputShape);
    WarmUp.run(() -> forward(zeros));
  }

  /**
   * What became of the layers.
   *
   * @return a line for each step, and below it how it is computed
   */
  public String explain() {
    StringBuilder text = new StringBuilder(Arrays.toString(inputShape)).append('\n');
    for (int i = 0; i < steps.size(); i++) {
      text.append("%s → %s%n".formatted(names.get(i), steps.get(i).output()));
      steps.get(i).algorithms().forEach(line -> text.append("  ").append(line).append('\n'));
    }
    return text.toString();
  }

  /** Sets how an {@link Inference} computes. Each method changes the builder and returns it. */
  public static final class Builder {
    private final Layer network;
    private Arithmetic arithmetic = Arithmetic.EXACT_SUM;
    private Executor executor = CallingThread.EXECUTOR;
    private int threads = 1;

    private Builder(Layer network) {
      this.network = Objects.requireNonNull(network, "network");
    }

    /**
     * Sets which algorithms the convolutions may choose.
     *
     * @param arithmetic the arithmetic
     * @return this
     */
    public Builder arithmetic(Arithmetic arithmetic) {
      this.arithmetic = Objects.requireNonNull(arithmetic, "arithmetic");
      return this;
    }

    /**
     * Lends threads to the convolutions, as {@link Layer#threads} does.
     *
     * @param executor runs the tasks
     * @param threads how many work on a call at the most, the calling thread counted
     * @return this
     * @throws IllegalArgumentException if threads is not positive
     */
    public Builder threads(Executor executor, int threads) {
      this.executor = FloatPlannedLayer.requireThreads(executor, threads);
      this.threads = threads;
      return this;
    }

    /**
     * Packs the weights.
     *
     * @param inputShape the size of each axis of the input
     * @return the network, ready to run
     * @throws IllegalArgumentException if a layer is not defined for its input's shape; dropout is
     *     not asked
     */
    public Inference build(int... inputShape) {
      return new FloatSteps(network, arithmetic, executor, threads).build(inputShape.clone());
    }
  }
}
