// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What a layer does around its operator: it keeps a plan, an output and a gradient for every input
 * shape, one workspace for all of them, and the last input until backward.
 *
 * <p>No public method is final: the compiler repeats the others in the public layers, where
 * reflection can call them, and this class is none that a caller can subclass.
 *
 * @param <P> the operator's plan for one input shape
 */
abstract class FloatPlannedLayer<P> implements Layer {
  private final List<Parameter> parameters;
  private final ShapeCache<Pass<P>> passes = new ShapeCache<>();
  private float[] workspace = new float[0];
  private Pass<P> last;
  private Tensor lastInput;

  FloatPlannedLayer(List<Parameter> parameters) {
    this.parameters = parameters;
  }

  /** A plan for one input shape, or an {@link IllegalArgumentException}. */
  abstract P plan(int[] inputShape);

  abstract int[] outputShape(P plan, int[] inputShape);

  abstract int workspaceFloats(P plan);

  abstract void forward(P plan, float[] input, float[] output, float[] workspace);

  /** Overwrites {@code gradInput}. */
  abstract void backwardInput(P plan, float[] gradOutput, float[] gradInput, float[] workspace);

  /** Adds to the parameters' gradients. */
  abstract void backwardParameters(P plan, float[] input, float[] gradOutput, float[] workspace);

  @Override
  public Tensor forward(Tensor input) {
    Objects.requireNonNull(input, "input");
    Pass<P> pass = passes.find(input.shape);
    if (pass == null) {
      pass = prepare(input.shape);
      passes.add(input.shape, pass);
    }
    forward(pass.plan, input.data, pass.output.data, workspace);
    last = pass;
    lastInput = input;
    return pass.output;
  }

  @Override
  public Tensor backward(Tensor gradOutput) {
    backwardParameters(gradOutput);
    if (last.gradInput == null) {
      last.gradInput = Tensor.zeros(lastInput.shape);
    }
    backwardInput(last.plan, gradOutput.data, last.gradInput.data, workspace);
    return last.gradInput;
  }

  @Override
  public void backwardParameters(Tensor gradOutput) {
    Objects.requireNonNull(gradOutput, "gradOutput");
    if (last == null) {
      throw new IllegalStateException("backward before forward: there is no output to derive");
    }
    if (!Arrays.equals(gradOutput.shape, last.output.shape)) {
      throw new IllegalArgumentException(
          "Mismatch in shape: gradOutput has a shape of %s and output has a shape of %s"
              .formatted(gradOutput, last.output));
    }
    backwardParameters(last.plan, lastInput.data, gradOutput.data, workspace);
  }

  @Override
  public List<Parameter> parameters() {
    return parameters;
  }

  private Pass<P> prepare(int[] inputShape) {
    P plan = plan(inputShape);
    if (workspace.length < workspaceFloats(plan)) {
      workspace = new float[workspaceFloats(plan)];
    }
    return new Pass<>(plan, Tensor.zeros(outputShape(plan, inputShape)));
  }

  private static final class Pass<P> {
    final P plan;
    final Tensor output;

    /** Null until the first backward that asks for it. */
    Tensor gradInput;

    Pass(P plan, Tensor output) {
      this.plan = plan;
      this.output = output;
    }
  }
}
