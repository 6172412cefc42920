// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static dev.lanewise.reference.NumbersPolicy.requireSameBits;

import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.conv.Padding;
import dev.lanewise.reference.Precision;
import dev.lanewise.reference.ReferenceConv2d;
import dev.lanewise.reference.ReferenceGemm;
import dev.lanewise.reference.ReferencePadding;
import dev.lanewise.reference.ReferenceUnfold;
import dev.lanewise.reference.ReferenceWindow;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class Conv2dProperties extends ConvolutionProperties {

  @Override
  @Provide
  Arbitrary<ConvolutionCase> cases() {
    return ConvolutionCase.of(Cases.conv2d());
  }

  @Override
  @Provide
  Arbitrary<ConvolutionCase> tinyCases() {
    return ConvolutionCase.of(Cases.conv2d(TINY));
  }

  @Property
  void groupsAreConvolutionsOfTheirOwn(@ForAll("cases") ConvolutionCase c) {
    ReferenceConv2d grouped = (ReferenceConv2d) c.reference();
    ReferenceConv2d oneGroup = References.oneGroup(grouped);
    int groups = grouped.groups();
    for (Precision precision : Precision.values()) {
      TestedConvolution tested = c.tested(precision);
      TestedConvolution alone = new TestedConvolution(oneGroup, precision);
      Operands o = Operands.integers(c, precision);
      double[] output = tested.forward(c.layout(), o.input(), o.weight(), o.bias());
      for (int g = 0; g < groups; g++) {
        double[] bias = o.bias() == null ? null : Vectors.part(o.bias(), g, groups);
        requireSameBits(
            precision + " output of group " + g,
            alone.forward(
                c.layout(),
                References.channelGroup(o.input(), grouped.batch(), g, groups),
                Vectors.part(o.weight(), g, groups),
                bias),
            References.channelGroup(output, grouped.batch(), g, groups));
      }
    }
  }

  /** conv(x, w) = W · unfold(x), image by image. */
  @Property
  void aConvolutionIsAMatrixTimesTheUnfoldedImage(@ForAll("cases") ConvolutionCase c) {
    ReferenceConv2d conv = References.oneGroup((ReferenceConv2d) c.reference());
    ReferenceUnfold unfold =
        new ReferenceUnfold(
            conv.batch(), conv.inChannels(), conv.inHeight(), conv.inWidth(), conv.window());
    for (Precision precision : Precision.values()) {
      Operands o = Operands.integers(c.with(conv), precision);
      double[] columns = new TestedUnfold(unfold, precision).forward(c.layout(), o.input());
      requireIsMatrixProduct(c.with(conv), conv, precision, o, columns);
    }
  }

  /** With a 1×1 kernel there is nothing to unfold. */
  @Property
  void aPointwiseConvolutionIsAMatrixTimesTheImage(@ForAll("cases") ConvolutionCase c) {
    ReferenceConv2d conv =
        References.withWindow(
            References.oneGroup((ReferenceConv2d) c.reference()), ReferenceWindow.of(1, 1));
    for (Precision precision : Precision.values()) {
      Operands o = Operands.integers(c.with(conv), precision);
      requireIsMatrixProduct(c.with(conv), conv, precision, o, o.input());
    }
  }

  private static void requireIsMatrixProduct(
      ConvolutionCase c, ReferenceConv2d conv, Precision precision, Operands o, double[] columns) {
    int pixels = conv.outHeight() * conv.outWidth();
    int terms = Math.toIntExact(conv.forwardTerms());
    TestedGemm product =
        new TestedGemm(
            new ReferenceGemm(
                conv.outChannels(), pixels, terms, false, false, terms, pixels, pixels),
            precision);
    double[] output = c.tested(precision).forward(c.layout(), o.input(), o.weight(), null);
    double[] empty = new double[conv.outChannels() * pixels];
    for (int n = 0; n < conv.batch(); n++) {
      double[] image = Vectors.part(columns, n, conv.batch());
      requireSameBits(
          precision + " output of sample " + n,
          product.multiply(c.layout(), 1, o.weight(), image, 0, empty),
          Vectors.part(output, n, conv.batch()));
    }
  }

  /** Padding.same() and sameLower(): ⌈input / stride⌉ outputs, the odd element where they say. */
  @Property
  void samePaddingIsThePaddingThatKeepsTheSize(
      @ForAll("cases") ConvolutionCase c, @ForAll boolean upper) {
    ReferenceConv2d drawn = (ReferenceConv2d) c.reference();
    ReferenceWindow window = drawn.window();
    int height =
        samePadding(
            drawn.inHeight(),
            window.kernelHeight(),
            window.strideHeight(),
            window.dilationHeight());
    int width =
        samePadding(
            drawn.inWidth(), window.kernelWidth(), window.strideWidth(), window.dilationWidth());
    ReferencePadding amounts =
        upper
            ? ReferencePadding.zeros(height / 2, width / 2, height - height / 2, width - width / 2)
            : ReferencePadding.zeros(height - height / 2, width - width / 2, height / 2, width / 2);
    ReferenceConv2d same = References.withWindow(drawn, window.padding(amounts));
    Conv2dGeometry geometry =
        Operators.geometry(drawn).padding(upper ? Padding.same() : Padding.sameLower());
    for (Precision precision : Precision.values()) {
      Operands o = Operands.integers(c.with(same), precision);
      requireSameBits(
          precision + " output",
          same.forward(o.input(), o.weight(), o.bias()),
          new TestedConvolution(same, precision, Operators.of(geometry, precision))
              .forward(c.layout(), o.input(), o.weight(), o.bias()));
    }
  }

  @Property
  void infinitePaddingSpreadsAsInTheReference(@ForAll("cases") ConvolutionCase c) {
    ReferenceConv2d drawn = (ReferenceConv2d) c.reference();
    ReferencePadding amounts = drawn.window().padding();
    ReferencePadding infinite =
        new ReferencePadding(
            amounts.top(),
            amounts.left(),
            amounts.bottom(),
            amounts.right(),
            ReferencePadding.Mode.CONSTANT,
            Double.POSITIVE_INFINITY);
    ReferenceConv2d reference = References.withWindow(drawn, drawn.window().padding(infinite));
    for (Precision precision : Precision.values()) {
      TestedConvolution tested = new TestedConvolution(reference, precision);
      Operands o = Operands.integers(c, precision);
      requireSameBits(
          precision + " output",
          reference.forward(o.input(), o.weight(), o.bias()),
          tested.forward(c.layout(), o.input(), o.weight(), o.bias()));
      requireSameBits(
          precision + " gradInput",
          reference.backwardInput(o.gradOutput(), o.weight()),
          tested.backwardInput(c.layout(), o.gradOutput(), o.weight()));
      requireSameBits(
          precision + " gradWeight",
          reference.backwardWeight(o.input(), o.gradOutput()),
          tested.backwardWeight(c.layout(), o.input(), o.gradOutput()));
    }
  }

  /** As TensorFlow and ONNX define it, before and after together. */
  private static int samePadding(int input, int kernel, int stride, int dilation) {
    int output = Math.ceilDiv(input, stride);
    int needed = (output - 1) * stride + dilation * (kernel - 1) + 1;
    return Math.max(0, needed - input);
  }
}
