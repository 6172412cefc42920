// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.conv;

import dev.lanewise.internal.conv.ColumnShape;
import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.conv.FloatEpilogue;
import dev.lanewise.internal.conv.plan.FloatBackwardWeightPass;
import dev.lanewise.internal.conv.plan.FloatFilterPass;
import dev.lanewise.internal.parallel.Team;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * 2-D convolution (cross-correlation, as every deep-learning library means it) of {@code float}
 * NCHW images, forward and backward:
 *
 * <pre>
 *   output[n][oc][oh][ow] = bias[oc] + Σ_{ic, kh, kw} weight[oc][ic][kh][kw]
 *       · input[n][g·IC/groups + ic][oh·strideHeight + kh·dilationHeight − top]
 *                                   [ow·strideWidth + kw·dilationWidth − left]
 * </pre>
 *
 * with ic below IC/groups and g = ⌊oc / (OC/groups)⌋ the group of oc.
 *
 * <table>
 *   <caption>Operands, all row-major without gaps</caption>
 *   <tr><th>operand</th><th>shape</th></tr>
 *   <tr><td>input, gradInput</td><td>N×IC×IH×IW</td></tr>
 *   <tr><td>weight, gradWeight</td><td>OC×(IC/groups)×KH×KW (OIHW)</td></tr>
 *   <tr><td>bias, gradBias</td><td>OC</td></tr>
 *   <tr><td>output, gradOutput</td><td>N×OC×OH×OW</td></tr>
 * </table>
 *
 * <p>A plan: immutable and thread-safe, built once for its geometry; nothing needs closing. Scratch
 * memory is the caller's, one per thread at a time. Compiled, a call allocates nothing, unless an
 * operand is a read-only heap segment. All checks happen before the first write; an operand that is
 * written must not overlap another.
 *
 * <p>Every output is a plain sum of products in a fixed order, with fused multiply-add where the
 * machine has it: the same bits, but for the sign of a zero, in every call, in heap and in native
 * memory, and, for {@code forward} and {@code backwardInput}, for every split of the batch. The
 * padding value is an operand like any other, so that 0 · ∞ = NaN there too.
 */
public final class Conv2d extends FloatConvolution {
  private final Conv2dGeometry geometry;

  private Conv2d(
      Conv2dGeometry geometry,
      ColumnShape columns,
      ConvShape shape,
      FloatEpilogue epilogue,
      boolean fast,
      boolean forwardOnly,
      Team team) {
    super(
        geometry,
        shape,
        FloatFilterPass.forward(shape, epilogue, fast, team),
        forwardOnly ? null : FloatFilterPass.backwardInput(shape, FloatEpilogue.NONE, fast, team),
        team,
        geometry.inputElements(),
        geometry.outputElements(),
        geometry.outChannels(),
        columns.windows());
    this.geometry = geometry;
  }

  /**
   * Starts a plan.
   *
   * @param geometry the sizes
   * @return a builder with the default options
   */
  public static Builder of(Conv2dGeometry geometry) {
    return new Builder(geometry);
  }

  /** Collects the options of a {@link Conv2d}. */
  public static final class Builder {
    private final Conv2dGeometry geometry;
    private Activation activation = Activation.none();
    private Arithmetic arithmetic = Arithmetic.EXACT_SUM;
    private boolean forwardOnly;
    private Team team = Team.ALONE;

    private Builder(Conv2dGeometry geometry) {
      this.geometry = Objects.requireNonNull(geometry, "geometry");
    }

    /**
     * What {@code forward} does to each output when its sum is complete. It is fused into the
     * write-back; the backward passes are those of the sum alone, so their gradOutput is the
     * gradient in front of the activation.
     *
     * @param activation the activation; none by default
     * @return this builder
     */
    public Builder activation(Activation activation) {
      this.activation = Objects.requireNonNull(activation, "activation");
      return this;
    }

    /**
     * Which algorithms may be chosen.
     *
     * @param arithmetic the arithmetic; {@link Arithmetic#EXACT_SUM} by default
     * @return this builder
     */
    public Builder arithmetic(Arithmetic arithmetic) {
      this.arithmetic = Objects.requireNonNull(arithmetic, "arithmetic");
      return this;
    }

    /**
     * Shares the work of a call between the calling thread and tasks given to an executor. The
     * result has the same bits for any number of threads, and whether or not the executor runs its
     * tasks; a call waits only for tasks that have begun, so it may itself be a task of the same
     * executor. Calls of less than about 100 µs, and calls with a segment that only the calling
     * thread may use, stay on their own thread. The workspace grows with the number of threads, and
     * each shared call allocates about 200 bytes.
     *
     * @param executor runs the tasks; Lanewise never starts a thread of its own
     * @param threads how many work on a call at the most, the calling thread counted; more than 512
     *     are taken for 512
     * @return this builder
     * @throws IllegalArgumentException if threads is not positive
     */
    public Builder threads(Executor executor, int threads) {
      this.team = new Team(Objects.requireNonNull(executor, "executor"), threads);
      return this;
    }

    /**
     * Plans no gradients, for less time and mostly a smaller workspace: {@code backwardInput},
     * {@code backwardWeight}, {@code packForBackwardInput} and {@code warmUpBackward} then throw an
     * {@link IllegalStateException}. {@code backwardBias} needs no plan.
     *
     * @return this
     */
    public Builder forwardOnly() {
      this.forwardOnly = true;
      return this;
    }

    /**
     * Makes the plan, choosing an algorithm for each pass.
     *
     * @return the plan
     * @throws IllegalArgumentException if the parts of the geometry do not fit together
     */
    public Conv2d build() {
      ColumnShape columns = geometry.columns();
      ConvShape shape =
          new ConvShape(
              geometry.batch(),
              geometry.groups(),
              geometry.outChannels() / geometry.groups(),
              columns);
      return new Conv2d(
          geometry,
          columns,
          shape,
          epilogue(activation),
          arithmetic == Arithmetic.FAST,
          forwardOnly,
          team);
    }
  }

  /**
   * The sizes this plan was built for.
   *
   * @return the geometry
   */
  public Conv2dGeometry geometry() {
    return geometry;
  }

  @Override
  void runBackwardWeight(
      FloatBackwardWeightPass pass,
      Object input,
      long inputOffset,
      Object gradOutput,
      long gradOutputOffset,
      Object gradWeight,
      long gradWeightOffset,
      boolean overwrites,
      float[] workspace,
      int workspaceOffset) {
    pass.run(
        input,
        inputOffset,
        gradOutput,
        gradOutputOffset,
        gradWeight,
        gradWeightOffset,
        overwrites,
        workspace,
        workspaceOffset);
  }
}
