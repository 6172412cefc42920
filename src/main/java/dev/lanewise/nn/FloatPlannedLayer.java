// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * What a layer does around its operator: it keeps a pass for every input shape, and one workspace
 * for all of them.
 *
 * <p>No public method is final: the compiler repeats the others in the public layers, where
 * reflection can call them, and this class is none that a caller can subclass.
 */
abstract class FloatPlannedLayer implements Layer {
  private final List<Parameter> parameters;
  private final ShapeCache<FloatPass> passes = new ShapeCache<>();
  private float[] workspace = new float[0];
  private FloatPass last;

  /** Asked for nothing while there is one thread. */
  private Executor executor = CallingThread.EXECUTOR;

  private int threads = 1;

  FloatPlannedLayer(List<Parameter> parameters) {
    this.parameters = parameters;
  }

  /** The layer at one input shape, or an {@link IllegalArgumentException}. */
  abstract FloatPass prepare(int[] inputShape);

  /** The forward at one input shape, in evaluation whatever mode the layer is in. */
  FloatStep evaluated(int[] inputShape) {
    return new FloatPassStep(prepare(inputShape));
  }

  @Override
  public Tensor forward(Tensor input) {
    Objects.requireNonNull(input, "input");
    FloatPass pass = pass(input.shape);
    last = pass;
    return pass.forward(input, workspace);
  }

  @Override
  public Tensor backward(Tensor gradOutput) {
    backwardParameters(gradOutput);
    return last.backwardInput(gradOutput, workspace);
  }

  @Override
  public void backwardParameters(Tensor gradOutput) {
    Objects.requireNonNull(gradOutput, "gradOutput");
    if (last == null) {
      throw new IllegalStateException("backward before forward: there is no output to derive");
    }
    if (!Arrays.equals(gradOutput.shape, last.outputTensor().shape)) {
      throw new IllegalArgumentException(
          "Mismatch in shape: gradOutput has a shape of %s and output has a shape of %s"
              .formatted(gradOutput, last.outputTensor()));
    }
    last.backwardParameters(gradOutput.data, workspace);
  }

  /** The plans made so far are forgotten, but for the one that backward may still need. */
  @Override
  public void threads(Executor executor, int threads) {
    this.executor = requireThreads(executor, threads);
    this.threads = threads;
    passes.clear();
  }

  /** The executor; or the exception that {@link Layer#threads} promises. */
  static Executor requireThreads(Executor executor, int threads) {
    Objects.requireNonNull(executor, "executor");
    if (threads < 1) {
      throw new IllegalArgumentException("threads must be positive, but got " + threads);
    }
    return executor;
  }

  /** Who lends threads to the plans. */
  final Executor executor() {
    return executor;
  }

  /** How many threads a plan may use, the calling one counted. */
  final int threads() {
    return threads;
  }

  /** The shape's pass, and a workspace that is enough for it. */
  private FloatPass pass(int[] inputShape) {
    FloatPass pass = passes.find(inputShape);
    if (pass == null) {
      pass = prepare(inputShape);
      passes.add(inputShape, pass);
      if (workspace.length < pass.workspaceFloats()) {
        workspace = new float[pass.workspaceFloats()];
      }
    }
    return pass;
  }

  @Override
  public LayerSummary summary(int... inputShape) {
    FloatPass pass = pass(inputShape.clone());
    return LayerSummary.of(
        this, pass.outputTensor().shape, parameterCount(), pass.multiplyAdds(), pass.algorithms());
  }

  /** The class and its settings: {@code Conv2dLayer(1, 10, kernel=3x3, stride=1x1)}. */
  @Override
  public String toString() {
    return getClass().getSimpleName() + "(" + settings() + ")";
  }

  /** What a layer of the same class may have otherwise. */
  String settings() {
    return "";
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }
}
