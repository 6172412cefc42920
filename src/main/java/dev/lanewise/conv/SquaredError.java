// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.conv;

import dev.lanewise.internal.memory.FloatOperands;
import dev.lanewise.internal.parallel.Region;
import dev.lanewise.internal.parallel.Team;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Executor;

/**
 * The squared difference of two rows of {@code float}, and its gradient in the same sweep over
 * memory:
 *
 * <pre>
 *   sum = Σ (prediction[i] − target[i])²
 *   gradient[i] = scale · (prediction[i] − target[i])
 * </pre>
 *
 * <p>The differences are taken in the element type, their squares are added up in double, in an
 * order that the number of elements alone decides.
 *
 * <p>Immutable and thread-safe. A call on one thread allocates nothing.
 */
public final class SquaredError {
  /** Sums side by side: one alone would make every addition wait for the last. */
  private static final int SUMS = 256;

  /** Blocks have sums of their own, so that threads can share them. */
  private static final int MOST_BLOCKS = 16;

  private static final int LEAST_BLOCK = 64 * SUMS;

  /** An element waits for memory about as long as so many multiply-adds take. */
  private static final double WORK = 32;

  private final int elements;
  private final int block;
  private final Team team;

  private SquaredError(int elements, Team team) {
    this.elements = elements;
    this.team = team;
    int even = Math.max(LEAST_BLOCK, Math.ceilDiv(elements, MOST_BLOCKS));
    block = Math.ceilDiv(even, SUMS) * SUMS;
  }

  /**
   * A plan.
   *
   * @param elements of each operand
   * @return the plan, for the calling thread alone
   * @throws IllegalArgumentException if it is negative
   */
  public static SquaredError of(int elements) {
    if (elements < 0) {
      throw new IllegalArgumentException("elements must not be negative, but got " + elements);
    }
    return new SquaredError(elements, Team.ALONE);
  }

  /**
   * The same plan for several threads, with the same bits.
   *
   * @param executor runs the tasks; may reject them, which is no fault
   * @param threads how many work on a call at the most, the calling thread counted
   * @return the plan
   * @throws IllegalArgumentException if threads is not positive
   * @throws NullPointerException if executor is null
   */
  public SquaredError threads(Executor executor, int threads) {
    return new SquaredError(
        elements, new Team(Objects.requireNonNull(executor, "executor"), threads));
  }

  /**
   * The scratch memory of a call.
   *
   * @return elements, 4096 at the most
   */
  public int workspaceDoubles() {
    return blocks() * SUMS;
  }

  /**
   * Computes both.
   *
   * @param prediction the elements
   * @param target as many
   * @param scale of the gradient; 2/n for that of the mean of n squares
   * @param gradient as many, overwritten
   * @param workspace {@link #workspaceDoubles()} or more, overwritten
   * @return the sum
   * @throws IllegalArgumentException if an operand is too short, or gradient overlaps another
   * @throws NullPointerException if an operand is null
   */
  public double forward(
      float[] prediction, float[] target, float scale, float[] gradient, double[] workspace) {
    FloatOperands.require("prediction", prediction, 0, elements, this);
    FloatOperands.require("target", target, 0, elements, this);
    FloatOperands.require("gradient", gradient, 0, elements, this);
    FloatOperands.requireApart(
        "prediction", prediction, 0, elements, "gradient", gradient, 0, elements);
    FloatOperands.requireApart("target", target, 0, elements, "gradient", gradient, 0, elements);
    Objects.requireNonNull(workspace, "workspace");
    if (workspace.length < workspaceDoubles()) {
      throw new IllegalArgumentException(
          "workspace: %d elements, but %s needs %d"
              .formatted(workspace.length, this, workspaceDoubles()));
    }
    int blocks = blocks();
    if (team.shares(WORK * elements)) {
      team.run(new Blocks(this, prediction, target, scale, gradient, workspace), blocks);
    } else {
      for (int b = 0; b < blocks; b++) {
        compare(b, prediction, target, scale, gradient, workspace);
      }
    }
    double sum = 0;
    for (int i = 0; i < workspaceDoubles(); i++) {
      sum += workspace[i];
    }
    return sum;
  }

  private int blocks() {
    return Math.ceilDiv(elements, block);
  }

  /** One block, by pieces that stay in a cache between the sum and the gradient. */
  private void compare(
      int index,
      float[] prediction,
      float[] target,
      float scale,
      float[] gradient,
      double[] workspace) {
    int sums = index * SUMS;
    Arrays.fill(workspace, sums, sums + SUMS, 0);
    int end = (int) Math.min(elements, (index + 1L) * block);
    int count;
    for (int first = index * block; first < end; first += count) {
      count = Math.min(SUMS, end - first);
      addSquares(prediction, target, first, count, workspace, sums);
      scaledDifference(prediction, target, scale, gradient, first, first + count);
    }
  }

  private static void addSquares(
      float[] prediction, float[] target, int first, int count, double[] workspace, int sums) {
    for (int i = 0; i < count; i++) {
      double difference = prediction[first + i] - target[first + i];
      workspace[sums + i] += difference * difference;
    }
  }

  private static void scaledDifference(
      float[] prediction, float[] target, float scale, float[] gradient, int first, int end) {
    for (int i = first; i < end; i++) {
      gradient[i] = scale * (prediction[i] - target[i]);
    }
  }

  @Override
  public String toString() {
    return "SquaredError elements=" + elements;
  }

  /** A call shared between threads. */
  private static final class Blocks extends Region {
    private final SquaredError plan;
    private final float scale;
    private float[] prediction;
    private float[] target;
    private float[] gradient;
    private double[] workspace;

    Blocks(
        SquaredError plan,
        float[] prediction,
        float[] target,
        float scale,
        float[] gradient,
        double[] workspace) {
      this.plan = plan;
      this.prediction = prediction;
      this.target = target;
      this.scale = scale;
      this.gradient = gradient;
      this.workspace = workspace;
    }

    @Override
    protected void unit(int unit, int slot) {
      plan.compare(unit, prediction, target, scale, gradient, workspace);
    }

    @Override
    protected void release() {
      prediction = null;
      target = null;
      gradient = null;
      workspace = null;
    }
  }
}
