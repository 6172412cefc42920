// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a layer is and costs at one input shape. As text it is a table, with a line for each layer
 * of a sequence and below it what the operator chose.
 *
 * @param layer the layer and its settings
 * @param outputShape the size of each axis of the output
 * @param parameters how many numbers the layer learns
 * @param multiplyAdds products in the sums of one forward; 0 where there are none
 * @param algorithms what was chosen for each pass, a line each; none where there is no choice
 * @param parts the layers of a sequence, the first to be applied first; empty for others
 */
public record LayerSummary(
    String layer,
    List<Integer> outputShape,
    long parameters,
    long multiplyAdds,
    List<String> algorithms,
    List<LayerSummary> parts) {

  /** Copies the lists. */
  public LayerSummary {
    outputShape = List.copyOf(outputShape);
    algorithms = List.copyOf(algorithms);
    parts = List.copyOf(parts);
  }

  static LayerSummary of(
      Object layer,
      int[] outputShape,
      long parameters,
      long multiplyAdds,
      List<String> algorithms) {
    return new LayerSummary(
        layer.toString(),
        Arrays.stream(outputShape).boxed().toList(),
        parameters,
        multiplyAdds,
        algorithms,
        List.of());
  }

  static LayerSummary ofSequence(String layer, int[] outputShape, List<LayerSummary> parts) {
    return new LayerSummary(
        layer,
        Arrays.stream(outputShape).boxed().toList(),
        parts.stream().mapToLong(LayerSummary::parameters).sum(),
        parts.stream().mapToLong(LayerSummary::multiplyAdds).sum(),
        List.of(),
        parts);
  }

  /** The table. */
  @Override
  public String toString() {
    int layerWidth = Math.max(layerWidth("", ""), "layer".length());
    int shapeWidth = Math.max(shapeWidth(), "output".length());
    StringBuilder text = new StringBuilder();
    addRow(text, layerWidth, shapeWidth, "layer", "output", "parameters", "multiply-adds");
    add(text, layerWidth, shapeWidth, "", "");
    return text.toString();
  }

  private void add(StringBuilder text, int layerWidth, int shapeWidth, String indent, String name) {
    addRow(
        text,
        layerWidth,
        shapeWidth,
        indent + name + layer,
        outputShape.toString(),
        String.format(Locale.ROOT, "%,d", parameters),
        String.format(Locale.ROOT, "%,d", multiplyAdds));
    for (String line : algorithms) {
      text.append(indent).append("     ").append(line).append('\n');
    }
    for (int i = 0; i < parts.size(); i++) {
      parts.get(i).add(text, layerWidth, shapeWidth, indent + "  ", i + " ");
    }
  }

  private static void addRow(
      StringBuilder text,
      int layerWidth,
      int shapeWidth,
      String layer,
      String shape,
      String parameters,
      String multiplyAdds) {
    text.append(
        ("%-" + layerWidth + "s  %-" + shapeWidth + "s  %12s  %15s\n")
            .formatted(layer, shape, parameters, multiplyAdds));
  }

  private int layerWidth(String indent, String name) {
    int width = (indent + name + layer).length();
    for (int i = 0; i < parts.size(); i++) {
      width = Math.max(width, parts.get(i).layerWidth(indent + "  ", i + " "));
    }
    return width;
  }

  private int shapeWidth() {
    return Math.max(
        outputShape.toString().length(),
        parts.stream().mapToInt(LayerSummary::shapeWidth).max().orElse(0));
  }
}
