// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.conv;

import dev.lanewise.internal.conv.ConvShape;
import dev.lanewise.internal.conv.FloatEpilogue;
import dev.lanewise.internal.conv.plan.FloatBackwardWeightPass;
import dev.lanewise.internal.conv.plan.FloatBiasGradient;
import dev.lanewise.internal.conv.plan.FloatFilterPass;
import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.memory.FloatOperands;
import dev.lanewise.internal.parallel.Team;
import dev.lanewise.internal.simd.Machine;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * What a convolution and a transposed convolution have in common: operands, checks and the four
 * passes over {@code float}.
 */
abstract sealed class FloatConvolution permits Conv2d, ConvTranspose2d {
  private final Object geometry;
  private final long inputElements;
  private final long weightElements;
  private final long outputElements;
  private final int batch;
  private final int outChannels;
  private final int outPlane;
  private final int workspaceFloats;

  private final Team team;
  private final FloatFilterPass forward;
  private final FloatFilterPass backwardInput;
  private final FloatBackwardWeightPass backwardWeight;

  FloatConvolution(
      Object geometry,
      ConvShape shape,
      FloatFilterPass forward,
      FloatFilterPass backwardInput,
      Team team,
      long inputElements,
      long outputElements,
      int outChannels,
      int outPlane) {
    this.geometry = geometry;
    this.forward = forward;
    this.backwardInput = backwardInput;
    this.inputElements = inputElements;
    this.outputElements = outputElements;
    this.outChannels = outChannels;
    this.outPlane = outPlane;
    weightElements = shape.weight();
    batch = shape.batch();
    backwardWeight = backwardInput == null ? null : FloatBackwardWeightPass.of(shape, team);
    this.team = team;
    workspaceFloats =
        backwardInput == null
            ? forward.workspaceFloats()
            : Math.max(
                forward.workspaceFloats(),
                Math.max(backwardInput.workspaceFloats(), backwardWeight.workspaceFloats()));
  }

  static FloatEpilogue epilogue(Activation activation) {
    // No switch over patterns: its bootstrap takes longer than all else that plans a small layer.
    if (activation instanceof Activation.Clamp clamp) {
      return FloatEpilogue.clamp((float) clamp.low(), (float) clamp.high());
    }
    if (activation instanceof Activation.LeakyRelu leaky) {
      return FloatEpilogue.leaky((float) leaky.slope());
    }
    if (activation instanceof Activation.None) {
      return FloatEpilogue.NONE;
    }
    throw new AssertionError(activation);
  }

  /**
   * The scratch memory that every pass can do with.
   *
   * @return elements
   */
  public int workspaceFloats() {
    return workspaceFloats;
  }

  /**
   * The scratch memory that every pass can do with.
   *
   * @return bytes
   */
  public long workspaceBytes() {
    return (long) workspaceFloats * Float.BYTES;
  }

  /**
   * What was chosen for each pass and why, in words.
   *
   * @return a few lines: geometry, algorithms with tile and blocking, machine, workspace, threads
   */
  public String explain() {
    String backward =
        backwardInput == null
            ? ""
            : """

              backwardInput: %s
              backwardWeight: %s"""
                .formatted(backwardInput.describe(), backwardWeight.describe());
    return """
        %s
        forward: %s%s
        %s
        workspace %d bytes, %s"""
        .formatted(
            geometry, forward.describe(), backward, Machine.describe(), workspaceBytes(), team);
  }

  /**
   * Runs {@code forward} on zeros until C2 has compiled what it consists of and it no longer gets
   * faster, for programs that would rather wait before their first call than during it. Takes about
   * a second for the first plan of a JVM and a quarter of one for later ones that share its kernels
   * (one or two Zen 4 cores, JDK 25), three seconds and a call at the most. All in the calling
   * thread; allocates operands of the plan's sizes. They are arrays: what runs on native memory
   * besides warms up in {@link WarmUp#run} of a call with such operands.
   */
  public void warmUp() {
    float[] input = zeros(inputElements);
    float[] weight = zeros(weightElements);
    float[] output = zeros(outputElements);
    float[] workspace = new float[workspaceFloats];
    PackedWeight packed = pack(weight);
    WarmUp.run(
        () -> {
          forward(input, weight, null, output, workspace);
          forward(input, packed, null, null, output, workspace);
        });
  }

  /**
   * As {@link #warmUp()}, for {@code backwardInput}, {@code backwardWeight} and {@code
   * backwardBias}.
   *
   * @throws IllegalStateException if the plan was built with {@code forwardOnly()}
   */
  public void warmUpBackward() {
    requireGradients();
    float[] input = zeros(inputElements);
    float[] weight = zeros(weightElements);
    float[] bias = new float[outChannels];
    float[] output = zeros(outputElements);
    float[] workspace = new float[workspaceFloats];
    PackedWeight packed = packForBackwardInput(weight);
    WarmUp.run(
        () -> {
          backwardInput(output, weight, input, workspace);
          backwardInput(output, packed, input, workspace);
          backwardWeight(input, output, weight, GradientMode.OVERWRITE, workspace);
          backwardBias(output, bias, GradientMode.OVERWRITE);
        });
  }

  private void requireGradients() {
    if (backwardInput == null) {
      throw new IllegalStateException("the plan was built with forwardOnly()");
    }
  }

  private static float[] zeros(long elements) {
    if (elements > Integer.MAX_VALUE - 8) {
      throw new IllegalArgumentException(
          "an operand of %d elements does not fit an array: warm a smaller plan up"
              .formatted(elements));
    }
    return new float[(int) elements];
  }

  /**
   * Computes the output.
   *
   * @param input N×IC×IH×IW
   * @param weight the weight
   * @param bias OC values, or null for none
   * @param output N×OC×OH×OW, overwritten
   * @param workspace at least {@link #workspaceFloats()} elements; contents do not matter
   * @throws IllegalArgumentException if an operand is too short, or one that is written overlaps
   *     another
   * @throws NullPointerException if an operand other than bias is null
   */
  public void forward(
      float[] input, float[] weight, float[] bias, float[] output, float[] workspace) {
    forward(input, 0, weight, 0, bias, 0, output, 0, workspace, 0);
  }

  /**
   * Computes the output, each operand from an offset on.
   *
   * @param input holds N×IC×IH×IW
   * @param inputOffset its first element
   * @param weight holds the weight
   * @param weightOffset its first element
   * @param bias holds OC values, or null for none
   * @param biasOffset its first element
   * @param output holds N×OC×OH×OW, overwritten
   * @param outputOffset its first element
   * @param workspace holds the scratch memory
   * @param workspaceOffset its first element
   * @throws IllegalArgumentException if an operand is too short, or one that is written overlaps
   *     another
   * @throws NullPointerException if an operand other than bias is null
   */
  public void forward(
      float[] input,
      int inputOffset,
      float[] weight,
      int weightOffset,
      float[] bias,
      int biasOffset,
      float[] output,
      int outputOffset,
      float[] workspace,
      int workspaceOffset) {
    FloatOperands.require("input", input, inputOffset, inputElements, geometry);
    FloatOperands.require("weight", weight, weightOffset, weightElements, geometry);
    requireBias(bias, biasOffset);
    FloatOperands.require("output", output, outputOffset, outputElements, geometry);
    forward(
        (Object) input,
        inputOffset,
        weight,
        weightOffset,
        bias,
        biasOffset,
        output,
        outputOffset,
        workspace,
        workspaceOffset);
  }

  /**
   * Computes the output, each operand in heap or native memory.
   *
   * @param input N×IC×IH×IW
   * @param weight the weight
   * @param bias OC values, or null for none
   * @param output N×OC×OH×OW, overwritten
   * @param workspace at least {@link #workspaceFloats()} elements; contents do not matter
   * @throws IllegalArgumentException if an operand is too short, or one that is written is
   *     read-only or overlaps another
   * @throws NullPointerException if an operand other than bias is null
   */
  public void forward(
      MemorySegment input,
      MemorySegment weight,
      MemorySegment bias,
      MemorySegment output,
      float[] workspace) {
    FloatOperands.require("input", input, inputElements, geometry);
    FloatOperands.require("weight", weight, weightElements, geometry);
    requireBias(bias);
    FloatOperands.require("output", output, outputElements, geometry);
    FloatOperands.requireWritable("output", output);
    forward(
        FloatMemory.of(input),
        FloatMemory.offset(input),
        FloatMemory.of(weight),
        FloatMemory.offset(weight),
        bias == null ? null : FloatMemory.of(bias),
        bias == null ? 0 : FloatMemory.offset(bias),
        FloatMemory.of(output),
        FloatMemory.offset(output),
        workspace,
        0);
  }

  private void forward(
      Object input,
      long inputOffset,
      Object weight,
      long weightOffset,
      Object bias,
      long biasOffset,
      Object output,
      long outputOffset,
      float[] workspace,
      int workspaceOffset) {
    requireWorkspace(workspace, workspaceOffset);
    requireApart(
        input, inputOffset, bias, biasOffset, output, outputOffset, workspace, workspaceOffset);
    apart(
        "weight",
        weight,
        weightOffset,
        weightElements,
        "output",
        output,
        outputOffset,
        outputElements);
    scratchApart("weight", weight, weightOffset, weightElements, workspace, workspaceOffset);
    forward.run(
        input,
        inputOffset,
        weight,
        weightOffset,
        bias,
        biasOffset,
        null,
        0,
        output,
        outputOffset,
        workspace,
        workspaceOffset);
  }

  /**
   * Lays a weight out for {@code forward} of this plan.
   *
   * @param weight the weight
   * @return the packed copy
   * @throws IllegalArgumentException if the weight is too short
   * @throws NullPointerException if the weight is null
   */
  public PackedWeight pack(float[] weight) {
    return pack(weight, 0);
  }

  /**
   * Lays a weight out for {@code forward} of this plan.
   *
   * @param weight holds the weight
   * @param weightOffset its first element
   * @return the packed copy
   * @throws IllegalArgumentException if the weight is too short
   * @throws NullPointerException if the weight is null
   */
  public PackedWeight pack(float[] weight, int weightOffset) {
    FloatOperands.require("weight", weight, weightOffset, weightElements, geometry);
    return new PackedWeight(this, "forward", forward.pack(weight, weightOffset));
  }

  /**
   * Lays a weight out for {@code forward} of this plan.
   *
   * @param weight the weight
   * @return the packed copy
   * @throws IllegalArgumentException if the weight is too short
   * @throws NullPointerException if the weight is null
   */
  public PackedWeight pack(MemorySegment weight) {
    FloatOperands.require("weight", weight, weightElements, geometry);
    return new PackedWeight(
        this, "forward", forward.pack(FloatMemory.of(weight), FloatMemory.offset(weight)));
  }

  /**
   * Computes the output with a packed weight: the same bits as with the weight itself.
   *
   * @param input N×IC×IH×IW
   * @param weight packed by {@code pack} of this plan
   * @param bias OC values, or null for none
   * @param residual N×OC×OH×OW, added to the sums before the activation; null for none
   * @param output N×OC×OH×OW, overwritten
   * @param workspace at least {@link #workspaceFloats()} elements; contents do not matter
   * @throws IllegalArgumentException if an operand is too short, one that is written overlaps
   *     another, or the weight was packed by another plan or for another pass
   * @throws NullPointerException if an operand other than bias and residual is null
   */
  public void forward(
      float[] input,
      PackedWeight weight,
      float[] bias,
      float[] residual,
      float[] output,
      float[] workspace) {
    forward(input, 0, weight, bias, 0, residual, 0, output, 0, workspace, 0);
  }

  /**
   * Computes the output with a packed weight, each operand from an offset on: the same bits as with
   * the weight itself.
   *
   * @param input holds N×IC×IH×IW
   * @param inputOffset its first element
   * @param weight packed by {@code pack} of this plan
   * @param bias holds OC values, or null for none
   * @param biasOffset its first element
   * @param residual holds N×OC×OH×OW, added to the sums before the activation; null for none
   * @param residualOffset its first element
   * @param output holds N×OC×OH×OW, overwritten
   * @param outputOffset its first element
   * @param workspace holds the scratch memory
   * @param workspaceOffset its first element
   * @throws IllegalArgumentException if an operand is too short, one that is written overlaps
   *     another, or the weight was packed by another plan or for another pass
   * @throws NullPointerException if an operand other than bias and residual is null
   */
  public void forward(
      float[] input,
      int inputOffset,
      PackedWeight weight,
      float[] bias,
      int biasOffset,
      float[] residual,
      int residualOffset,
      float[] output,
      int outputOffset,
      float[] workspace,
      int workspaceOffset) {
    FloatOperands.require("input", input, inputOffset, inputElements, geometry);
    requireOwn(weight, "forward");
    requireBias(bias, biasOffset);
    if (residual != null) {
      FloatOperands.require("residual", residual, residualOffset, outputElements, geometry);
    }
    FloatOperands.require("output", output, outputOffset, outputElements, geometry);
    forward(
        (Object) input,
        inputOffset,
        weight,
        bias,
        biasOffset,
        residual,
        residualOffset,
        output,
        outputOffset,
        workspace,
        workspaceOffset);
  }

  /**
   * Computes the output with a packed weight, each operand in heap or native memory: the same bits
   * as with the weight itself.
   *
   * @param input N×IC×IH×IW
   * @param weight packed by {@code pack} of this plan
   * @param bias OC values, or null for none
   * @param residual N×OC×OH×OW, added to the sums before the activation; null for none
   * @param output N×OC×OH×OW, overwritten
   * @param workspace at least {@link #workspaceFloats()} elements; contents do not matter
   * @throws IllegalArgumentException if an operand is too short, one that is written is read-only
   *     or overlaps another, or the weight was packed by another plan or for another pass
   * @throws NullPointerException if an operand other than bias and residual is null
   */
  public void forward(
      MemorySegment input,
      PackedWeight weight,
      MemorySegment bias,
      MemorySegment residual,
      MemorySegment output,
      float[] workspace) {
    FloatOperands.require("input", input, inputElements, geometry);
    requireOwn(weight, "forward");
    requireBias(bias);
    if (residual != null) {
      FloatOperands.require("residual", residual, outputElements, geometry);
    }
    FloatOperands.require("output", output, outputElements, geometry);
    FloatOperands.requireWritable("output", output);
    forward(
        FloatMemory.of(input),
        FloatMemory.offset(input),
        weight,
        bias == null ? null : FloatMemory.of(bias),
        bias == null ? 0 : FloatMemory.offset(bias),
        residual == null ? null : FloatMemory.of(residual),
        residual == null ? 0 : FloatMemory.offset(residual),
        FloatMemory.of(output),
        FloatMemory.offset(output),
        workspace,
        0);
  }

  private void forward(
      Object input,
      long inputOffset,
      PackedWeight weight,
      Object bias,
      long biasOffset,
      Object residual,
      long residualOffset,
      Object output,
      long outputOffset,
      float[] workspace,
      int workspaceOffset) {
    requireWorkspace(workspace, workspaceOffset);
    requireApart(
        input, inputOffset, bias, biasOffset, output, outputOffset, workspace, workspaceOffset);
    if (residual != null) {
      apart(
          "residual",
          residual,
          residualOffset,
          outputElements,
          "output",
          output,
          outputOffset,
          outputElements);
      scratchApart(
          "residual", residual, residualOffset, outputElements, workspace, workspaceOffset);
    }
    forward.run(
        input,
        inputOffset,
        weight.packed,
        bias,
        biasOffset,
        residual,
        residualOffset,
        output,
        outputOffset,
        workspace,
        workspaceOffset);
  }

  private void requireOwn(PackedWeight weight, String pass) {
    Objects.requireNonNull(weight, "weight");
    if (weight.plan != this) {
      throw new IllegalArgumentException(
          "weight: packed by another plan (%s), not by this one (%s)"
              .formatted(weight.plan.geometry, geometry));
    }
    if (!weight.pass.equals(pass)) {
      throw new IllegalArgumentException(
          "weight: packed for %s, not for %s (pack is for forward, packForBackwardInput for backwardInput)"
              .formatted(weight.pass, pass));
    }
  }

  /** What the forward pass with any kind of weight asks of its other operands. */
  private void requireApart(
      Object input,
      long inputOffset,
      Object bias,
      long biasOffset,
      Object output,
      long outputOffset,
      float[] workspace,
      int workspaceOffset) {
    apart(
        "input", input, inputOffset, inputElements, "output", output, outputOffset, outputElements);
    if (bias != null) {
      apart("bias", bias, biasOffset, outChannels, "output", output, outputOffset, outputElements);
      scratchApart("bias", bias, biasOffset, outChannels, workspace, workspaceOffset);
    }
    scratchApart("input", input, inputOffset, inputElements, workspace, workspaceOffset);
    scratchApart("output", output, outputOffset, outputElements, workspace, workspaceOffset);
  }

  /**
   * Computes the gradient of the input.
   *
   * @param gradOutput N×OC×OH×OW
   * @param weight the weight
   * @param gradInput N×IC×IH×IW, overwritten
   * @param workspace at least {@link #workspaceFloats()} elements; contents do not matter
   * @throws IllegalArgumentException if an operand is too short, or one that is written overlaps
   *     another
   * @throws IllegalStateException if the plan was built with {@code forwardOnly()}
   * @throws NullPointerException if an operand is null
   */
  public void backwardInput(
      float[] gradOutput, float[] weight, float[] gradInput, float[] workspace) {
    backwardInput(gradOutput, 0, weight, 0, gradInput, 0, workspace, 0);
  }

  /**
   * Computes the gradient of the input, each operand from an offset on.
   *
   * @param gradOutput holds N×OC×OH×OW
   * @param gradOutputOffset its first element
   * @param weight holds the weight
   * @param weightOffset its first element
   * @param gradInput holds N×IC×IH×IW, overwritten
   * @param gradInputOffset its first element
   * @param workspace holds the scratch memory
   * @param workspaceOffset its first element
   * @throws IllegalArgumentException if an operand is too short, or one that is written overlaps
   *     another
   * @throws IllegalStateException if the plan was built with {@code forwardOnly()}
   * @throws NullPointerException if an operand is null
   */
  public void backwardInput(
      float[] gradOutput,
      int gradOutputOffset,
      float[] weight,
      int weightOffset,
      float[] gradInput,
      int gradInputOffset,
      float[] workspace,
      int workspaceOffset) {
    requireGradients();
    FloatOperands.require("gradOutput", gradOutput, gradOutputOffset, outputElements, geometry);
    FloatOperands.require("weight", weight, weightOffset, weightElements, geometry);
    FloatOperands.require("gradInput", gradInput, gradInputOffset, inputElements, geometry);
    backwardInput(
        (Object) gradOutput,
        gradOutputOffset,
        weight,
        weightOffset,
        gradInput,
        gradInputOffset,
        workspace,
        workspaceOffset);
  }

  /**
   * Computes the gradient of the input, each operand in heap or native memory.
   *
   * @param gradOutput N×OC×OH×OW
   * @param weight the weight
   * @param gradInput N×IC×IH×IW, overwritten
   * @param workspace at least {@link #workspaceFloats()} elements; contents do not matter
   * @throws IllegalArgumentException if an operand is too short, or one that is written is
   *     read-only or overlaps another
   * @throws IllegalStateException if the plan was built with {@code forwardOnly()}
   * @throws NullPointerException if an operand is null
   */
  public void backwardInput(
      MemorySegment gradOutput, MemorySegment weight, MemorySegment gradInput, float[] workspace) {
    requireGradients();
    FloatOperands.require("gradOutput", gradOutput, outputElements, geometry);
    FloatOperands.require("weight", weight, weightElements, geometry);
    FloatOperands.require("gradInput", gradInput, inputElements, geometry);
    FloatOperands.requireWritable("gradInput", gradInput);
    backwardInput(
        FloatMemory.of(gradOutput),
        FloatMemory.offset(gradOutput),
        FloatMemory.of(weight),
        FloatMemory.offset(weight),
        FloatMemory.of(gradInput),
        FloatMemory.offset(gradInput),
        workspace,
        0);
  }

  private void backwardInput(
      Object gradOutput,
      long gradOutputOffset,
      Object weight,
      long weightOffset,
      Object gradInput,
      long gradInputOffset,
      float[] workspace,
      int workspaceOffset) {
    requireWorkspace(workspace, workspaceOffset);
    requireGradientsApart(
        gradOutput, gradOutputOffset, gradInput, gradInputOffset, workspace, workspaceOffset);
    apart(
        "weight",
        weight,
        weightOffset,
        weightElements,
        "gradInput",
        gradInput,
        gradInputOffset,
        inputElements);
    scratchApart("weight", weight, weightOffset, weightElements, workspace, workspaceOffset);
    backwardInput.run(
        gradOutput,
        gradOutputOffset,
        weight,
        weightOffset,
        null,
        0,
        null,
        0,
        gradInput,
        gradInputOffset,
        workspace,
        workspaceOffset);
  }

  /**
   * Lays a weight out for {@code backwardInput} of this plan.
   *
   * @param weight the weight
   * @return the packed copy
   * @throws IllegalArgumentException if the weight is too short
   * @throws IllegalStateException if the plan was built with {@code forwardOnly()}
   * @throws NullPointerException if the weight is null
   */
  public PackedWeight packForBackwardInput(float[] weight) {
    return packForBackwardInput(weight, 0);
  }

  /**
   * Lays a weight out for {@code backwardInput} of this plan.
   *
   * @param weight holds the weight
   * @param weightOffset its first element
   * @return the packed copy
   * @throws IllegalArgumentException if the weight is too short
   * @throws IllegalStateException if the plan was built with {@code forwardOnly()}
   * @throws NullPointerException if the weight is null
   */
  public PackedWeight packForBackwardInput(float[] weight, int weightOffset) {
    requireGradients();
    FloatOperands.require("weight", weight, weightOffset, weightElements, geometry);
    return new PackedWeight(this, "backwardInput", backwardInput.pack(weight, weightOffset));
  }

  /**
   * Lays a weight out for {@code backwardInput} of this plan.
   *
   * @param weight the weight
   * @return the packed copy
   * @throws IllegalArgumentException if the weight is too short
   * @throws IllegalStateException if the plan was built with {@code forwardOnly()}
   * @throws NullPointerException if the weight is null
   */
  public PackedWeight packForBackwardInput(MemorySegment weight) {
    requireGradients();
    FloatOperands.require("weight", weight, weightElements, geometry);
    return new PackedWeight(
        this,
        "backwardInput",
        backwardInput.pack(FloatMemory.of(weight), FloatMemory.offset(weight)));
  }

  /**
   * Computes the gradient of the input with a packed weight: the same bits as with the weight
   * itself.
   *
   * @param gradOutput N×OC×OH×OW
   * @param weight packed by {@code packForBackwardInput} of this plan
   * @param gradInput N×IC×IH×IW, overwritten
   * @param workspace at least {@link #workspaceFloats()} elements; contents do not matter
   * @throws IllegalArgumentException if an operand is too short, one that is written overlaps
   *     another, or the weight was packed by another plan or for another pass
   * @throws IllegalStateException if the plan was built with {@code forwardOnly()}
   * @throws NullPointerException if an operand is null
   */
  public void backwardInput(
      float[] gradOutput, PackedWeight weight, float[] gradInput, float[] workspace) {
    backwardInput(gradOutput, 0, weight, gradInput, 0, workspace, 0);
  }

  /**
   * Computes the gradient of the input with a packed weight, each operand from an offset on: the
   * same bits as with the weight itself.
   *
   * @param gradOutput holds N×OC×OH×OW
   * @param gradOutputOffset its first element
   * @param weight packed by {@code packForBackwardInput} of this plan
   * @param gradInput holds N×IC×IH×IW, overwritten
   * @param gradInputOffset its first element
   * @param workspace holds the scratch memory
   * @param workspaceOffset its first element
   * @throws IllegalArgumentException if an operand is too short, one that is written overlaps
   *     another, or the weight was packed by another plan or for another pass
   * @throws IllegalStateException if the plan was built with {@code forwardOnly()}
   * @throws NullPointerException if an operand is null
   */
  public void backwardInput(
      float[] gradOutput,
      int gradOutputOffset,
      PackedWeight weight,
      float[] gradInput,
      int gradInputOffset,
      float[] workspace,
      int workspaceOffset) {
    requireGradients();
    FloatOperands.require("gradOutput", gradOutput, gradOutputOffset, outputElements, geometry);
    requireOwn(weight, "backwardInput");
    FloatOperands.require("gradInput", gradInput, gradInputOffset, inputElements, geometry);
    backwardInput(
        (Object) gradOutput,
        gradOutputOffset,
        weight,
        gradInput,
        gradInputOffset,
        workspace,
        workspaceOffset);
  }

  /**
   * Computes the gradient of the input with a packed weight, each operand in heap or native memory:
   * the same bits as with the weight itself.
   *
   * @param gradOutput N×OC×OH×OW
   * @param weight packed by {@code packForBackwardInput} of this plan
   * @param gradInput N×IC×IH×IW, overwritten
   * @param workspace at least {@link #workspaceFloats()} elements; contents do not matter
   * @throws IllegalArgumentException if an operand is too short, one that is written is read-only
   *     or overlaps another, or the weight was packed by another plan or for another pass
   * @throws IllegalStateException if the plan was built with {@code forwardOnly()}
   * @throws NullPointerException if an operand is null
   */
  public void backwardInput(
      MemorySegment gradOutput, PackedWeight weight, MemorySegment gradInput, float[] workspace) {
    requireGradients();
    FloatOperands.require("gradOutput", gradOutput, outputElements, geometry);
    requireOwn(weight, "backwardInput");
    FloatOperands.require("gradInput", gradInput, inputElements, geometry);
    FloatOperands.requireWritable("gradInput", gradInput);
    backwardInput(
        FloatMemory.of(gradOutput),
        FloatMemory.offset(gradOutput),
        weight,
        FloatMemory.of(gradInput),
        FloatMemory.offset(gradInput),
        workspace,
        0);
  }

  private void backwardInput(
      Object gradOutput,
      long gradOutputOffset,
      PackedWeight weight,
      Object gradInput,
      long gradInputOffset,
      float[] workspace,
      int workspaceOffset) {
    requireWorkspace(workspace, workspaceOffset);
    requireGradientsApart(
        gradOutput, gradOutputOffset, gradInput, gradInputOffset, workspace, workspaceOffset);
    backwardInput.run(
        gradOutput,
        gradOutputOffset,
        weight.packed,
        null,
        0,
        null,
        0,
        gradInput,
        gradInputOffset,
        workspace,
        workspaceOffset);
  }

  /** What backwardInput with any kind of weight asks of its other operands. */
  private void requireGradientsApart(
      Object gradOutput,
      long gradOutputOffset,
      Object gradInput,
      long gradInputOffset,
      float[] workspace,
      int workspaceOffset) {
    apart(
        "gradOutput",
        gradOutput,
        gradOutputOffset,
        outputElements,
        "gradInput",
        gradInput,
        gradInputOffset,
        inputElements);
    scratchApart(
        "gradOutput", gradOutput, gradOutputOffset, outputElements, workspace, workspaceOffset);
    scratchApart(
        "gradInput", gradInput, gradInputOffset, inputElements, workspace, workspaceOffset);
  }

  /**
   * Computes the gradient of the weight.
   *
   * @param input N×IC×IH×IW
   * @param gradOutput N×OC×OH×OW
   * @param gradWeight of the weight's shape
   * @param mode whether gradWeight is overwritten or added to
   * @param workspace at least {@link #workspaceFloats()} elements; contents do not matter
   * @throws IllegalArgumentException if an operand is too short, or one that is written overlaps
   *     another
   * @throws IllegalStateException if the plan was built with {@code forwardOnly()}
   * @throws NullPointerException if an operand or the mode is null
   */
  public void backwardWeight(
      float[] input, float[] gradOutput, float[] gradWeight, GradientMode mode, float[] workspace) {
    backwardWeight(input, 0, gradOutput, 0, gradWeight, 0, mode, workspace, 0);
  }

  /**
   * Computes the gradient of the weight, each operand from an offset on.
   *
   * @param input holds N×IC×IH×IW
   * @param inputOffset its first element
   * @param gradOutput holds N×OC×OH×OW
   * @param gradOutputOffset its first element
   * @param gradWeight holds as many elements as the weight
   * @param gradWeightOffset its first element
   * @param mode whether gradWeight is overwritten or added to
   * @param workspace holds the scratch memory
   * @param workspaceOffset its first element
   * @throws IllegalArgumentException if an operand is too short, or one that is written overlaps
   *     another
   * @throws IllegalStateException if the plan was built with {@code forwardOnly()}
   * @throws NullPointerException if an operand or the mode is null
   */
  public void backwardWeight(
      float[] input,
      int inputOffset,
      float[] gradOutput,
      int gradOutputOffset,
      float[] gradWeight,
      int gradWeightOffset,
      GradientMode mode,
      float[] workspace,
      int workspaceOffset) {
    requireGradients();
    FloatOperands.require("input", input, inputOffset, inputElements, geometry);
    FloatOperands.require("gradOutput", gradOutput, gradOutputOffset, outputElements, geometry);
    FloatOperands.require("gradWeight", gradWeight, gradWeightOffset, weightElements, geometry);
    backwardWeight(
        (Object) input,
        inputOffset,
        gradOutput,
        gradOutputOffset,
        gradWeight,
        gradWeightOffset,
        mode,
        workspace,
        workspaceOffset);
  }

  /**
   * Computes the gradient of the weight, each operand in heap or native memory.
   *
   * @param input N×IC×IH×IW
   * @param gradOutput N×OC×OH×OW
   * @param gradWeight of the weight's shape
   * @param mode whether gradWeight is overwritten or added to
   * @param workspace at least {@link #workspaceFloats()} elements; contents do not matter
   * @throws IllegalArgumentException if an operand is too short, or one that is written is
   *     read-only or overlaps another
   * @throws IllegalStateException if the plan was built with {@code forwardOnly()}
   * @throws NullPointerException if an operand or the mode is null
   */
  public void backwardWeight(
      MemorySegment input,
      MemorySegment gradOutput,
      MemorySegment gradWeight,
      GradientMode mode,
      float[] workspace) {
    requireGradients();
    FloatOperands.require("input", input, inputElements, geometry);
    FloatOperands.require("gradOutput", gradOutput, outputElements, geometry);
    FloatOperands.require("gradWeight", gradWeight, weightElements, geometry);
    FloatOperands.requireWritable("gradWeight", gradWeight);
    backwardWeight(
        FloatMemory.of(input),
        FloatMemory.offset(input),
        FloatMemory.of(gradOutput),
        FloatMemory.offset(gradOutput),
        FloatMemory.of(gradWeight),
        FloatMemory.offset(gradWeight),
        mode,
        workspace,
        0);
  }

  private void backwardWeight(
      Object input,
      long inputOffset,
      Object gradOutput,
      long gradOutputOffset,
      Object gradWeight,
      long gradWeightOffset,
      GradientMode mode,
      float[] workspace,
      int workspaceOffset) {
    Objects.requireNonNull(mode, "mode");
    requireWorkspace(workspace, workspaceOffset);
    apart(
        "input",
        input,
        inputOffset,
        inputElements,
        "gradWeight",
        gradWeight,
        gradWeightOffset,
        weightElements);
    apart(
        "gradOutput",
        gradOutput,
        gradOutputOffset,
        outputElements,
        "gradWeight",
        gradWeight,
        gradWeightOffset,
        weightElements);
    scratchApart("input", input, inputOffset, inputElements, workspace, workspaceOffset);
    scratchApart(
        "gradOutput", gradOutput, gradOutputOffset, outputElements, workspace, workspaceOffset);
    scratchApart(
        "gradWeight", gradWeight, gradWeightOffset, weightElements, workspace, workspaceOffset);
    runBackwardWeight(
        backwardWeight,
        input,
        inputOffset,
        gradOutput,
        gradOutputOffset,
        gradWeight,
        gradWeightOffset,
        mode == GradientMode.OVERWRITE,
        workspace,
        workspaceOffset);
  }

  /**
   * Computes the gradient of the bias, the sum of gradOutput over images, rows and columns.
   *
   * @param gradOutput N×OC×OH×OW
   * @param gradBias OC values
   * @param mode whether gradBias is overwritten or added to
   * @throws IllegalArgumentException if an operand is too short, or gradBias overlaps gradOutput
   * @throws NullPointerException if an operand or the mode is null
   */
  public void backwardBias(float[] gradOutput, float[] gradBias, GradientMode mode) {
    backwardBias(gradOutput, 0, gradBias, 0, mode);
  }

  /**
   * Computes the gradient of the bias, each operand from an offset on.
   *
   * @param gradOutput holds N×OC×OH×OW
   * @param gradOutputOffset its first element
   * @param gradBias holds OC values
   * @param gradBiasOffset its first element
   * @param mode whether gradBias is overwritten or added to
   * @throws IllegalArgumentException if an operand is too short, or gradBias overlaps gradOutput
   * @throws NullPointerException if an operand or the mode is null
   */
  public void backwardBias(
      float[] gradOutput,
      int gradOutputOffset,
      float[] gradBias,
      int gradBiasOffset,
      GradientMode mode) {
    FloatOperands.require("gradOutput", gradOutput, gradOutputOffset, outputElements, geometry);
    FloatOperands.require("gradBias", gradBias, gradBiasOffset, outChannels, geometry);
    backwardBias((Object) gradOutput, gradOutputOffset, gradBias, gradBiasOffset, mode);
  }

  /**
   * Computes the gradient of the bias, each operand in heap or native memory.
   *
   * @param gradOutput N×OC×OH×OW
   * @param gradBias OC values
   * @param mode whether gradBias is overwritten or added to
   * @throws IllegalArgumentException if an operand is too short, or gradBias is read-only or
   *     overlaps gradOutput
   * @throws NullPointerException if an operand or the mode is null
   */
  public void backwardBias(MemorySegment gradOutput, MemorySegment gradBias, GradientMode mode) {
    FloatOperands.require("gradOutput", gradOutput, outputElements, geometry);
    FloatOperands.require("gradBias", gradBias, outChannels, geometry);
    FloatOperands.requireWritable("gradBias", gradBias);
    backwardBias(
        FloatMemory.of(gradOutput),
        FloatMemory.offset(gradOutput),
        FloatMemory.of(gradBias),
        FloatMemory.offset(gradBias),
        mode);
  }

  private void backwardBias(
      Object gradOutput,
      long gradOutputOffset,
      Object gradBias,
      long gradBiasOffset,
      GradientMode mode) {
    Objects.requireNonNull(mode, "mode");
    apart(
        "gradOutput",
        gradOutput,
        gradOutputOffset,
        outputElements,
        "gradBias",
        gradBias,
        gradBiasOffset,
        outChannels);
    if (mode == GradientMode.OVERWRITE) {
      FloatMemory.fill(gradBias, gradBiasOffset, outChannels, 0);
    }
    FloatBiasGradient.add(
        gradOutput, gradOutputOffset, batch, outChannels, outPlane, gradBias, gradBiasOffset);
  }

  /** Runs the weight gradient's pass with this operator's operands in the place of images. */
  abstract void runBackwardWeight(
      FloatBackwardWeightPass pass,
      Object input,
      long inputOffset,
      Object gradOutput,
      long gradOutputOffset,
      Object gradWeight,
      long gradWeightOffset,
      boolean overwrites,
      float[] workspace,
      int workspaceOffset);

  private void requireBias(float[] bias, int offset) {
    if (bias != null) {
      FloatOperands.require("bias", bias, offset, outChannels, geometry);
    }
  }

  private void requireBias(MemorySegment bias) {
    if (bias != null) {
      FloatOperands.require("bias", bias, outChannels, geometry);
    }
  }

  private void requireWorkspace(float[] workspace, int offset) {
    FloatOperands.require("workspace", workspace, offset, workspaceFloats, geometry);
  }

  private void scratchApart(
      String name, Object memory, long offset, long count, float[] workspace, int workspaceOffset) {
    apart(name, memory, offset, count, "workspace", workspace, workspaceOffset, workspaceFloats);
  }

  private static void apart(
      String name,
      Object memory,
      long offset,
      long count,
      String writtenName,
      Object written,
      long writtenOffset,
      long writtenCount) {
    FloatOperands.requireApart(
        name, memory, offset, count, writtenName, written, writtenOffset, writtenCount);
  }
}
