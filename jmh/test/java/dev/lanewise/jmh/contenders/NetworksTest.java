// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.jmh.contenders;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.conv.ConvTranspose2dGeometry;
import dev.lanewise.jmh.Pass;
import dev.lanewise.jmh.naive.NaiveConvolution;
import dev.lanewise.jmh.shapes.ConvolutionShape;
import dev.lanewise.jmh.shapes.ShapeFile;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The layers of whole networks, each by the algorithm that is chosen for it: a layer of this size
 * may be computed in a way that no smaller one is. The naive loops compute the first and the last
 * channel of each result (of weights, the first of the first filter and the last of the last),
 * which is exact.
 */
class NetworksTest {
  @ParameterizedTest
  @MethodSource("convolutions")
  void conv2dIsThatOfTheNaiveLoops(ConvolutionShape shape) {
    Conv2dGeometry geometry = shape.conv2d();
    for (Pass pass : Pass.values()) {
      Problem solved = solved(new Task(Operator.CONV2D, pass, shape.name()));
      requireEnds(geometry, pass, solved.input(), solved.weight(), solved.output());
    }
  }

  /** Held against the convolution whose adjoint it is. */
  @ParameterizedTest
  @MethodSource("transposedConvolutions")
  void convTranspose2dIsThatOfTheNaiveLoops(ConvolutionShape shape) {
    ConvTranspose2dGeometry transposed = shape.convTranspose2d();
    Conv2dGeometry geometry = NaiveConvolution.adjointGeometry(transposed);
    for (Pass pass : Pass.values()) {
      Problem solved = solved(new Task(Operator.CONV_TRANSPOSE2D, pass, shape.name()));
      Pass adjoint =
          switch (pass) {
            case FORWARD -> Pass.BACKWARD_INPUT;
            case BACKWARD_INPUT -> Pass.FORWARD;
            case BACKWARD_WEIGHT -> Pass.BACKWARD_WEIGHT;
          };
      requireEnds(geometry, adjoint, solved.output(), solved.weight(), solved.input());
    }
  }

  private static Stream<ConvolutionShape> convolutions() {
    return shapes(ShapeFile.allConv2d());
  }

  private static Stream<ConvolutionShape> transposedConvolutions() {
    return shapes(ShapeFile.allConvTranspose2d());
  }

  private static Stream<ConvolutionShape> shapes(ShapeFile file) {
    return file.names().stream().map(file::get);
  }

  /** With the result in the problem's own array. */
  private static Problem solved(Task task) {
    Problem problem = Problem.of(task);
    try (Entry entry = Contenders.create(Contenders.LANEWISE, 1).enter(problem)) {
      entry.run();
    }
    return problem;
  }

  /**
   * @param image input, or what backwardInput made of the other two
   * @param filtered output, or its gradient
   */
  private static void requireEnds(
      Conv2dGeometry whole, Pass pass, float[] image, float[] weight, float[] filtered) {
    requireOne(whole, pass, image, weight, filtered, 0, 0);
    requireOne(
        whole, pass, image, weight, filtered, whole.inChannels() - 1, whole.outChannels() - 1);
  }

  /** One channel of the result, of those that it depends on: a convolution without groups. */
  private static void requireOne(
      Conv2dGeometry whole,
      Pass pass,
      float[] image,
      float[] weight,
      float[] filtered,
      int channel,
      int filter) {
    int groupChannels = whole.inChannels() / whole.groups();
    int groupFilters = whole.outChannels() / whole.groups();
    int group = pass == Pass.BACKWARD_INPUT ? channel / groupChannels : filter / groupFilters;
    boolean allChannels = pass == Pass.FORWARD;
    boolean allFilters = pass == Pass.BACKWARD_INPUT;
    int firstChannel = allChannels ? group * groupChannels : channel;
    int firstFilter = allFilters ? group * groupFilters : filter;
    int channels = allChannels ? groupChannels : 1;
    int filters = allFilters ? groupFilters : 1;
    Conv2dGeometry geometry =
        new Conv2dGeometry(
            whole.batch(), channels, whole.inHeight(), whole.inWidth(), filters, whole.window(), 1);
    int plane = whole.inHeight() * whole.inWidth();
    int filteredPlane = whole.outHeight() * whole.outWidth();
    int taps = whole.window().kernelHeight() * whole.window().kernelWidth();
    float[] partOfImage =
        blocks(
            image,
            whole.batch(),
            whole.inChannels() * plane,
            firstChannel * plane,
            channels * plane);
    float[] partOfWeight =
        blocks(
            weight,
            filters,
            groupChannels * taps,
            (firstFilter * groupChannels + firstChannel % groupChannels) * taps,
            channels * taps);
    float[] partOfFiltered =
        blocks(
            filtered,
            whole.batch(),
            whole.outChannels() * filteredPlane,
            firstFilter * filteredPlane,
            filters * filteredPlane);
    NaiveConvolution loops = new NaiveConvolution(geometry);
    float[] actual =
        switch (pass) {
          case FORWARD -> partOfFiltered;
          case BACKWARD_INPUT -> partOfImage;
          case BACKWARD_WEIGHT -> partOfWeight;
        };
    float[] expected = new float[actual.length];
    switch (pass) {
      case FORWARD -> loops.forward(partOfImage, partOfWeight, expected);
      case BACKWARD_INPUT -> loops.backwardInput(partOfFiltered, partOfWeight, expected);
      case BACKWARD_WEIGHT -> loops.backwardWeight(partOfImage, partOfFiltered, expected);
    }
    assertArrayEquals(expected, actual, pass + " of channel " + channel + ", filter " + filter);
  }

  /** So many stretches of so many elements, the first from an offset and the others a step on. */
  private static float[] blocks(float[] from, int count, int step, int offset, int length) {
    float[] to = new float[count * length];
    for (int i = 0; i < count; i++) {
      System.arraycopy(from, i * step + offset, to, i * length, length);
    }
    return to;
  }
}
