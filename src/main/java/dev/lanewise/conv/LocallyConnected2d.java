// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.conv;

import dev.lanewise.internal.conv.im2col.FloatUnshared;
import dev.lanewise.internal.memory.FloatMemory;
import dev.lanewise.internal.memory.FloatOperands;
import dev.lanewise.internal.simd.Machine;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * A convolution of {@code float} NCHW images with other weights at every location (locally
 * connected, unshared), forward and backward:
 *
 * <pre>
 *   output[n][oc][oh][ow] = bias[oc][oh][ow] + Σ_{ic, kh, kw} weight[oc][ic][kh][kw][oh][ow]
 *       · input[n][ic][oh·strideHeight + kh·dilationHeight − top]
 *                     [ow·strideWidth + kw·dilationWidth − left]
 * </pre>
 *
 * <table>
 *   <caption>Operands, all row-major without gaps</caption>
 *   <tr><th>operand</th><th>shape</th></tr>
 *   <tr><td>input, gradInput</td><td>N×IC×IH×IW</td></tr>
 *   <tr><td>weight, gradWeight</td><td>OC×IC×KH×KW×OH×OW</td></tr>
 *   <tr><td>bias, gradBias</td><td>OC×OH×OW</td></tr>
 *   <tr><td>output, gradOutput</td><td>N×OC×OH×OW</td></tr>
 * </table>
 *
 * <p>A plan: immutable and thread-safe, built once for its geometry; nothing needs closing. Scratch
 * memory is the caller's, one per thread at a time: two more than IC·KH·KW elements for every
 * window that is taken at a time, of which there are so many that they stay below 8 MiB, but at
 * least one. Compiled, a call allocates nothing. All checks happen before the first write; an
 * operand that is written must not overlap another.
 *
 * <p>Every output is a plain sum of products, (ic, kh, kw) ascending, each product rounded: the
 * same bits in every call, in heap and in native memory, and, for {@code forward} and {@code
 * backwardInput}, for every split of the batch. The padding value is an operand like any other.
 */
public final class LocallyConnected2d {
  private final Conv2dGeometry geometry;
  private final FloatUnshared filters;
  private final long weightElements;
  private final long biasElements;

  private LocallyConnected2d(Conv2dGeometry geometry) {
    this.geometry = geometry;
    this.filters = new FloatUnshared(geometry.columns(), geometry.batch(), geometry.outChannels());
    int windows = geometry.columns().windows();
    this.weightElements =
        GeometryRules.elements(geometry.outChannels(), geometry.columns().rows(), windows, 1);
    this.biasElements = GeometryRules.elements(geometry.outChannels(), windows, 1, 1);
  }

  /**
   * Makes a plan.
   *
   * @param geometry the sizes, of a convolution with one group
   * @return the plan
   * @throws IllegalArgumentException if the parts of the geometry do not fit together, or there are
   *     several groups
   * @throws NullPointerException if geometry is null
   */
  public static LocallyConnected2d of(Conv2dGeometry geometry) {
    Objects.requireNonNull(geometry, "geometry");
    if (geometry.groups() != 1) {
      throw new IllegalArgumentException(
          "a locally connected layer has no groups: groups=" + geometry.groups());
    }
    return new LocallyConnected2d(geometry);
  }

  /**
   * The sizes this plan was built for.
   *
   * @return the geometry
   */
  public Conv2dGeometry geometry() {
    return geometry;
  }

  /**
   * OC·IC·KH·KW·OH·OW.
   *
   * @return the elements of the weight
   */
  public long weightElements() {
    return weightElements;
  }

  /**
   * OC·OH·OW.
   *
   * @return the elements of the bias
   */
  public long biasElements() {
    return biasElements;
  }

  /**
   * The scratch memory of a call.
   *
   * @return elements
   */
  public int workspaceFloats() {
    return filters.workspaceFloats();
  }

  /**
   * The scratch memory of a call.
   *
   * @return bytes
   */
  public long workspaceBytes() {
    return (long) workspaceFloats() * Float.BYTES;
  }

  /**
   * What was chosen, in words.
   *
   * @return a line each for the geometry, the passes, the machine and the workspace
   */
  public String explain() {
    return """
        %s
        forward, backwardInput, backwardWeight: %s
        %s
        workspace %d bytes, calling thread only"""
        .formatted(geometry, filters.describe(), Machine.describe(), workspaceBytes());
  }

  /**
   * Computes the output.
   *
   * @param input N×IC×IH×IW
   * @param weight OC×IC×KH×KW×OH×OW
   * @param bias OC×OH×OW, or null for none
   * @param output N×OC×OH×OW, overwritten
   * @param workspace at least {@link #workspaceFloats()} elements; contents do not matter
   * @throws IllegalArgumentException if an operand is too short, or output overlaps another
   * @throws NullPointerException if an operand other than bias is null
   */
  public void forward(
      float[] input, float[] weight, float[] bias, float[] output, float[] workspace) {
    forward(input, 0, weight, 0, bias, 0, output, 0, workspace, 0);
  }

  /**
   * Computes the output. Each operand lies from an offset on.
   *
   * @param input holds N×IC×IH×IW
   * @param inputOffset its first element
   * @param weight holds OC×IC×KH×KW×OH×OW
   * @param weightOffset its first element
   * @param bias holds OC×OH×OW, or null for none
   * @param biasOffset its first element
   * @param output holds N×OC×OH×OW, overwritten
   * @param outputOffset its first element
   * @param workspace holds the scratch memory
   * @param workspaceOffset its first element
   * @throws IllegalArgumentException if an operand is too short, or output overlaps another
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
    FloatOperands.require("input", input, inputOffset, geometry.inputElements(), geometry);
    FloatOperands.require("weight", weight, weightOffset, weightElements(), geometry);
    if (bias != null) {
      FloatOperands.require("bias", bias, biasOffset, biasElements(), geometry);
    }
    FloatOperands.require("output", output, outputOffset, geometry.outputElements(), geometry);
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
   * Computes the output. Each operand lies in heap or native memory.
   *
   * @param input N×IC×IH×IW
   * @param weight OC×IC×KH×KW×OH×OW
   * @param bias OC×OH×OW, or null for none
   * @param output N×OC×OH×OW, overwritten
   * @param workspace at least {@link #workspaceFloats()} elements; contents do not matter
   * @throws IllegalArgumentException if an operand is too short or read-only, or output overlaps
   *     another
   * @throws NullPointerException if an operand other than bias is null
   */
  public void forward(
      MemorySegment input,
      MemorySegment weight,
      MemorySegment bias,
      MemorySegment output,
      float[] workspace) {
    FloatOperands.require("input", input, geometry.inputElements(), geometry);
    FloatOperands.require("weight", weight, weightElements(), geometry);
    if (bias != null) {
      FloatOperands.require("bias", bias, biasElements(), geometry);
    }
    FloatOperands.require("output", output, geometry.outputElements(), geometry);
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
    FloatOperands.require("workspace", workspace, workspaceOffset, workspaceFloats(), geometry);
    FloatOperands.requireApart(
        "input",
        input,
        inputOffset,
        geometry.inputElements(),
        "output",
        output,
        outputOffset,
        geometry.outputElements());
    FloatOperands.requireApart(
        "input",
        input,
        inputOffset,
        geometry.inputElements(),
        "workspace",
        workspace,
        workspaceOffset,
        workspaceFloats());
    FloatOperands.requireApart(
        "weight",
        weight,
        weightOffset,
        weightElements(),
        "output",
        output,
        outputOffset,
        geometry.outputElements());
    FloatOperands.requireApart(
        "weight",
        weight,
        weightOffset,
        weightElements(),
        "workspace",
        workspace,
        workspaceOffset,
        workspaceFloats());
    if (bias != null) {
      FloatOperands.requireApart(
          "bias",
          bias,
          biasOffset,
          biasElements(),
          "output",
          output,
          outputOffset,
          geometry.outputElements());
    }
    if (bias != null) {
      FloatOperands.requireApart(
          "bias",
          bias,
          biasOffset,
          biasElements(),
          "workspace",
          workspace,
          workspaceOffset,
          workspaceFloats());
    }
    FloatOperands.requireApart(
        "output",
        output,
        outputOffset,
        geometry.outputElements(),
        "workspace",
        workspace,
        workspaceOffset,
        workspaceFloats());
    filters.forward(
        input,
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
   * Computes the gradient of the input.
   *
   * @param gradOutput N×OC×OH×OW
   * @param weight OC×IC×KH×KW×OH×OW
   * @param gradInput N×IC×IH×IW, overwritten
   * @param workspace at least {@link #workspaceFloats()} elements; contents do not matter
   * @throws IllegalArgumentException if an operand is too short, or gradInput overlaps another
   * @throws NullPointerException if an operand is null
   */
  public void backwardInput(
      float[] gradOutput, float[] weight, float[] gradInput, float[] workspace) {
    backwardInput(gradOutput, 0, weight, 0, gradInput, 0, workspace, 0);
  }

  /**
   * Computes the gradient of the input. Each operand lies from an offset on.
   *
   * @param gradOutput holds N×OC×OH×OW
   * @param gradOutputOffset its first element
   * @param weight holds OC×IC×KH×KW×OH×OW
   * @param weightOffset its first element
   * @param gradInput holds N×IC×IH×IW, overwritten
   * @param gradInputOffset its first element
   * @param workspace holds the scratch memory
   * @param workspaceOffset its first element
   * @throws IllegalArgumentException if an operand is too short, or gradInput overlaps another
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
    FloatOperands.require(
        "gradOutput", gradOutput, gradOutputOffset, geometry.outputElements(), geometry);
    FloatOperands.require("weight", weight, weightOffset, weightElements(), geometry);
    FloatOperands.require(
        "gradInput", gradInput, gradInputOffset, geometry.inputElements(), geometry);
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
   * Computes the gradient of the input. Each operand lies in heap or native memory.
   *
   * @param gradOutput N×OC×OH×OW
   * @param weight OC×IC×KH×KW×OH×OW
   * @param gradInput N×IC×IH×IW, overwritten
   * @param workspace at least {@link #workspaceFloats()} elements; contents do not matter
   * @throws IllegalArgumentException if an operand is too short or read-only, or gradInput overlaps
   *     another
   * @throws NullPointerException if an operand is null
   */
  public void backwardInput(
      MemorySegment gradOutput, MemorySegment weight, MemorySegment gradInput, float[] workspace) {
    FloatOperands.require("gradOutput", gradOutput, geometry.outputElements(), geometry);
    FloatOperands.require("weight", weight, weightElements(), geometry);
    FloatOperands.require("gradInput", gradInput, geometry.inputElements(), geometry);
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
    FloatOperands.require("workspace", workspace, workspaceOffset, workspaceFloats(), geometry);
    FloatOperands.requireApart(
        "gradOutput",
        gradOutput,
        gradOutputOffset,
        geometry.outputElements(),
        "gradInput",
        gradInput,
        gradInputOffset,
        geometry.inputElements());
    FloatOperands.requireApart(
        "gradOutput",
        gradOutput,
        gradOutputOffset,
        geometry.outputElements(),
        "workspace",
        workspace,
        workspaceOffset,
        workspaceFloats());
    FloatOperands.requireApart(
        "weight",
        weight,
        weightOffset,
        weightElements(),
        "gradInput",
        gradInput,
        gradInputOffset,
        geometry.inputElements());
    FloatOperands.requireApart(
        "weight",
        weight,
        weightOffset,
        weightElements(),
        "workspace",
        workspace,
        workspaceOffset,
        workspaceFloats());
    FloatOperands.requireApart(
        "gradInput",
        gradInput,
        gradInputOffset,
        geometry.inputElements(),
        "workspace",
        workspace,
        workspaceOffset,
        workspaceFloats());
    filters.backwardInput(
        gradOutput,
        gradOutputOffset,
        weight,
        weightOffset,
        gradInput,
        gradInputOffset,
        workspace,
        workspaceOffset);
  }

  /**
   * Computes the gradient of the weight.
   *
   * @param input N×IC×IH×IW
   * @param gradOutput N×OC×OH×OW
   * @param gradWeight OC×IC×KH×KW×OH×OW
   * @param mode whether to overwrite or to add
   * @param workspace at least {@link #workspaceFloats()} elements; contents do not matter
   * @throws IllegalArgumentException if an operand is too short, or gradWeight overlaps another
   * @throws NullPointerException if an operand is null
   */
  public void backwardWeight(
      float[] input, float[] gradOutput, float[] gradWeight, GradientMode mode, float[] workspace) {
    backwardWeight(input, 0, gradOutput, 0, gradWeight, 0, mode, workspace, 0);
  }

  /**
   * Computes the gradient of the weight. Each operand lies from an offset on.
   *
   * @param input holds N×IC×IH×IW
   * @param inputOffset its first element
   * @param gradOutput holds N×OC×OH×OW
   * @param gradOutputOffset its first element
   * @param gradWeight holds OC×IC×KH×KW×OH×OW
   * @param gradWeightOffset its first element
   * @param mode whether to overwrite or to add
   * @param workspace holds the scratch memory
   * @param workspaceOffset its first element
   * @throws IllegalArgumentException if an operand is too short, or gradWeight overlaps another
   * @throws NullPointerException if an operand is null
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
    FloatOperands.require("input", input, inputOffset, geometry.inputElements(), geometry);
    FloatOperands.require(
        "gradOutput", gradOutput, gradOutputOffset, geometry.outputElements(), geometry);
    FloatOperands.require("gradWeight", gradWeight, gradWeightOffset, weightElements(), geometry);
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
   * Computes the gradient of the weight. Each operand lies in heap or native memory.
   *
   * @param input N×IC×IH×IW
   * @param gradOutput N×OC×OH×OW
   * @param gradWeight OC×IC×KH×KW×OH×OW
   * @param mode whether to overwrite or to add
   * @param workspace at least {@link #workspaceFloats()} elements; contents do not matter
   * @throws IllegalArgumentException if an operand is too short or read-only, or gradWeight
   *     overlaps another
   * @throws NullPointerException if an operand is null
   */
  public void backwardWeight(
      MemorySegment input,
      MemorySegment gradOutput,
      MemorySegment gradWeight,
      GradientMode mode,
      float[] workspace) {
    FloatOperands.require("input", input, geometry.inputElements(), geometry);
    FloatOperands.require("gradOutput", gradOutput, geometry.outputElements(), geometry);
    FloatOperands.require("gradWeight", gradWeight, weightElements(), geometry);
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
    FloatOperands.require("workspace", workspace, workspaceOffset, workspaceFloats(), geometry);
    FloatOperands.requireApart(
        "input",
        input,
        inputOffset,
        geometry.inputElements(),
        "gradWeight",
        gradWeight,
        gradWeightOffset,
        weightElements());
    FloatOperands.requireApart(
        "input",
        input,
        inputOffset,
        geometry.inputElements(),
        "workspace",
        workspace,
        workspaceOffset,
        workspaceFloats());
    FloatOperands.requireApart(
        "gradOutput",
        gradOutput,
        gradOutputOffset,
        geometry.outputElements(),
        "gradWeight",
        gradWeight,
        gradWeightOffset,
        weightElements());
    FloatOperands.requireApart(
        "gradOutput",
        gradOutput,
        gradOutputOffset,
        geometry.outputElements(),
        "workspace",
        workspace,
        workspaceOffset,
        workspaceFloats());
    FloatOperands.requireApart(
        "gradWeight",
        gradWeight,
        gradWeightOffset,
        weightElements(),
        "workspace",
        workspace,
        workspaceOffset,
        workspaceFloats());
    Objects.requireNonNull(mode, "mode");
    clear(mode, gradWeight, gradWeightOffset, weightElements());
    filters.backwardWeight(
        input,
        inputOffset,
        gradOutput,
        gradOutputOffset,
        gradWeight,
        gradWeightOffset,
        workspace,
        workspaceOffset);
  }

  /**
   * Computes the gradient of the bias.
   *
   * @param gradOutput N×OC×OH×OW
   * @param gradBias OC×OH×OW
   * @param mode whether to overwrite or to add
   * @throws IllegalArgumentException if an operand is too short, or gradBias overlaps another
   * @throws NullPointerException if an operand is null
   */
  public void backwardBias(float[] gradOutput, float[] gradBias, GradientMode mode) {
    backwardBias(gradOutput, 0, gradBias, 0, mode);
  }

  /**
   * Computes the gradient of the bias. Each operand lies from an offset on.
   *
   * @param gradOutput holds N×OC×OH×OW
   * @param gradOutputOffset its first element
   * @param gradBias holds OC×OH×OW
   * @param gradBiasOffset its first element
   * @param mode whether to overwrite or to add
   * @throws IllegalArgumentException if an operand is too short, or gradBias overlaps another
   * @throws NullPointerException if an operand is null
   */
  public void backwardBias(
      float[] gradOutput,
      int gradOutputOffset,
      float[] gradBias,
      int gradBiasOffset,
      GradientMode mode) {
    FloatOperands.require(
        "gradOutput", gradOutput, gradOutputOffset, geometry.outputElements(), geometry);
    FloatOperands.require("gradBias", gradBias, gradBiasOffset, biasElements(), geometry);
    backwardBias((Object) gradOutput, gradOutputOffset, gradBias, gradBiasOffset, mode);
  }

  /**
   * Computes the gradient of the bias. Each operand lies in heap or native memory.
   *
   * @param gradOutput N×OC×OH×OW
   * @param gradBias OC×OH×OW
   * @param mode whether to overwrite or to add
   * @throws IllegalArgumentException if an operand is too short or read-only, or gradBias overlaps
   *     another
   * @throws NullPointerException if an operand is null
   */
  public void backwardBias(MemorySegment gradOutput, MemorySegment gradBias, GradientMode mode) {
    FloatOperands.require("gradOutput", gradOutput, geometry.outputElements(), geometry);
    FloatOperands.require("gradBias", gradBias, biasElements(), geometry);
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
    FloatOperands.requireApart(
        "gradOutput",
        gradOutput,
        gradOutputOffset,
        geometry.outputElements(),
        "gradBias",
        gradBias,
        gradBiasOffset,
        biasElements());
    Objects.requireNonNull(mode, "mode");
    clear(mode, gradBias, gradBiasOffset, biasElements());
    filters.backwardBias(gradOutput, gradOutputOffset, gradBias, gradBiasOffset);
  }

  private static void clear(GradientMode mode, Object gradient, long offset, long count) {
    if (mode == GradientMode.OVERWRITE) {
      FloatMemory.fill(gradient, offset, count, 0);
    }
  }

  /** The sizes. */
  @Override
  public String toString() {
    return "LocallyConnected2d " + geometry;
  }
}
