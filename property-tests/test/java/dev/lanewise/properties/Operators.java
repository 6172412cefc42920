// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import dev.lanewise.conv.Conv2d;
import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.conv.ConvTranspose2d;
import dev.lanewise.conv.ConvTranspose2dGeometry;
import dev.lanewise.conv.DoubleConv2d;
import dev.lanewise.conv.DoubleConvTranspose2d;
import dev.lanewise.conv.DoubleFold;
import dev.lanewise.conv.DoublePackedWeight;
import dev.lanewise.conv.DoubleUnfold;
import dev.lanewise.conv.Fold;
import dev.lanewise.conv.PackedWeight;
import dev.lanewise.conv.Padding;
import dev.lanewise.conv.PaddingMode;
import dev.lanewise.conv.Unfold;
import dev.lanewise.conv.UnfoldGeometry;
import dev.lanewise.gemm.DoubleGemm;
import dev.lanewise.gemm.Gemm;
import dev.lanewise.reference.Precision;
import dev.lanewise.reference.ReferenceConv2d;
import dev.lanewise.reference.ReferenceConvTranspose2d;
import dev.lanewise.reference.ReferenceConvolution;
import dev.lanewise.reference.ReferenceFold;
import dev.lanewise.reference.ReferenceGemm;
import dev.lanewise.reference.ReferencePadding;
import dev.lanewise.reference.ReferenceUnfold;
import dev.lanewise.reference.ReferenceWindow;
import java.lang.foreign.MemorySegment;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** Lanewise's operators of the same sizes as the reference's. */
final class Operators {
  private Operators() {}

  static Object of(ReferenceConvolution reference, Precision precision) {
    return of(reference, precision, PlanOptions.DEFAULT);
  }

  static Object of(ReferenceConvolution reference, Precision precision, PlanOptions options) {
    return switch (reference) {
      case ReferenceConv2d conv -> of(geometry(conv), precision, options);
      case ReferenceConvTranspose2d conv -> of(geometry(conv), precision, options);
    };
  }

  static Object of(Conv2dGeometry geometry, Precision precision) {
    return of(geometry, precision, PlanOptions.DEFAULT);
  }

  static Object of(ConvTranspose2dGeometry geometry, Precision precision) {
    return of(geometry, precision, PlanOptions.DEFAULT);
  }

  private static Object of(Conv2dGeometry geometry, Precision precision, PlanOptions options) {
    switch (precision) {
      case FLOAT -> {
        Conv2d.Builder builder =
            Conv2d.of(geometry).activation(options.activation()).arithmetic(options.arithmetic());
        if (options.executor() != null) {
          builder.threads(options.executor(), options.threads());
        }
        return builder.build();
      }
      case DOUBLE -> {
        DoubleConv2d.Builder builder =
            DoubleConv2d.of(geometry)
                .activation(options.activation())
                .arithmetic(options.arithmetic());
        if (options.executor() != null) {
          builder.threads(options.executor(), options.threads());
        }
        return builder.build();
      }
    }
    throw new AssertionError(precision);
  }

  private static Object of(
      ConvTranspose2dGeometry geometry, Precision precision, PlanOptions options) {
    switch (precision) {
      case FLOAT -> {
        ConvTranspose2d.Builder builder =
            ConvTranspose2d.of(geometry)
                .activation(options.activation())
                .arithmetic(options.arithmetic());
        if (options.executor() != null) {
          builder.threads(options.executor(), options.threads());
        }
        return builder.build();
      }
      case DOUBLE -> {
        DoubleConvTranspose2d.Builder builder =
            DoubleConvTranspose2d.of(geometry)
                .activation(options.activation())
                .arithmetic(options.arithmetic());
        if (options.executor() != null) {
          builder.threads(options.executor(), options.threads());
        }
        return builder.build();
      }
    }
    throw new AssertionError(precision);
  }

  /**
   * The weight, packed by the operator for its forward pass; from an offset or a segment at will.
   */
  static Object pack(Object operator, Layout layout, double[] weight) {
    int offset = layout.offset(1);
    return switch (operator) {
      case Conv2d conv -> pack(conv::pack, conv::pack, layout, offset, weight);
      case ConvTranspose2d conv -> pack(conv::pack, conv::pack, layout, offset, weight);
      case DoubleConv2d conv -> packDouble(conv::pack, conv::pack, layout, offset, weight);
      case DoubleConvTranspose2d conv -> packDouble(conv::pack, conv::pack, layout, offset, weight);
      default -> throw new AssertionError(operator);
    };
  }

  /** The same for backwardInput. */
  static Object packForBackwardInput(Object operator, Layout layout, double[] weight) {
    int offset = layout.offset(1);
    return switch (operator) {
      case Conv2d conv ->
          pack(conv::packForBackwardInput, conv::packForBackwardInput, layout, offset, weight);
      case ConvTranspose2d conv ->
          pack(conv::packForBackwardInput, conv::packForBackwardInput, layout, offset, weight);
      case DoubleConv2d conv ->
          packDouble(
              conv::packForBackwardInput, conv::packForBackwardInput, layout, offset, weight);
      case DoubleConvTranspose2d conv ->
          packDouble(
              conv::packForBackwardInput, conv::packForBackwardInput, layout, offset, weight);
      default -> throw new AssertionError(operator);
    };
  }

  private static PackedWeight pack(
      BiFunction<float[], Integer, PackedWeight> arrays,
      Function<MemorySegment, PackedWeight> segments,
      Layout layout,
      int offset,
      double[] weight) {
    float[] memory = new float[offset + weight.length];
    for (int i = 0; i < weight.length; i++) {
      memory[offset + i] = (float) weight[i];
    }
    return layout.form() == Form.SEGMENTS
        ? segments.apply(MemorySegment.ofArray(memory).asSlice((long) offset * Float.BYTES))
        : arrays.apply(memory, offset);
  }

  private static DoublePackedWeight packDouble(
      BiFunction<double[], Integer, DoublePackedWeight> arrays,
      Function<MemorySegment, DoublePackedWeight> segments,
      Layout layout,
      int offset,
      double[] weight) {
    double[] memory = new double[offset + weight.length];
    System.arraycopy(weight, 0, memory, offset, weight.length);
    return layout.form() == Form.SEGMENTS
        ? segments.apply(MemorySegment.ofArray(memory).asSlice((long) offset * Double.BYTES))
        : arrays.apply(memory, offset);
  }

  static Object of(ReferenceUnfold reference, Precision precision) {
    UnfoldGeometry geometry =
        geometry(
            UnfoldGeometry.image(
                reference.batch(), reference.channels(), reference.height(), reference.width()),
            reference.window());
    return switch (precision) {
      case FLOAT -> Unfold.of(geometry);
      case DOUBLE -> DoubleUnfold.of(geometry);
    };
  }

  static Object of(ReferenceFold reference, Precision precision) {
    UnfoldGeometry geometry =
        geometry(
            UnfoldGeometry.image(
                reference.batch(), reference.channels(), reference.height(), reference.width()),
            reference.window());
    return switch (precision) {
      case FLOAT -> Fold.of(geometry);
      case DOUBLE -> DoubleFold.of(geometry);
    };
  }

  static Object of(ReferenceGemm reference, Precision precision) {
    switch (precision) {
      case FLOAT -> {
        Gemm.Builder builder =
            Gemm.of(reference.m(), reference.n(), reference.k())
                .lda(reference.lda())
                .ldb(reference.ldb())
                .ldc(reference.ldc());
        if (reference.transposeA()) {
          builder.transposeA();
        }
        if (reference.transposeB()) {
          builder.transposeB();
        }
        return builder.build();
      }
      case DOUBLE -> {
        DoubleGemm.Builder builder =
            DoubleGemm.of(reference.m(), reference.n(), reference.k())
                .lda(reference.lda())
                .ldb(reference.ldb())
                .ldc(reference.ldc());
        if (reference.transposeA()) {
          builder.transposeA();
        }
        if (reference.transposeB()) {
          builder.transposeB();
        }
        return builder.build();
      }
    }
    throw new AssertionError(precision);
  }

  /** An operator that must run an algorithm wherever it applies. */
  static Object forced(String algorithm, Supplier<Object> operator) {
    System.setProperty("dev.lanewise.algorithm", algorithm);
    try {
      return operator.get();
    } finally {
      System.clearProperty("dev.lanewise.algorithm");
    }
  }

  static String explain(Object operator) {
    return switch (operator) {
      case Conv2d conv -> conv.explain();
      case DoubleConv2d conv -> conv.explain();
      case ConvTranspose2d conv -> conv.explain();
      case DoubleConvTranspose2d conv -> conv.explain();
      default -> throw new AssertionError(operator);
    };
  }

  /** The scratch elements an operator asks for, of either type. */
  static int workspace(Object operator) {
    return switch (operator) {
      case Conv2d conv -> conv.workspaceFloats();
      case DoubleConv2d conv -> conv.workspaceDoubles();
      case ConvTranspose2d conv -> conv.workspaceFloats();
      case DoubleConvTranspose2d conv -> conv.workspaceDoubles();
      case Gemm gemm -> gemm.workspaceFloats();
      case DoubleGemm gemm -> gemm.workspaceDoubles();
      default -> throw new AssertionError(operator);
    };
  }

  static Conv2dGeometry geometry(ReferenceConv2d reference) {
    ReferenceWindow window = reference.window();
    return Conv2dGeometry.input(
            reference.batch(), reference.inChannels(), reference.inHeight(), reference.inWidth())
        .kernel(reference.outChannels(), window.kernelHeight(), window.kernelWidth())
        .stride(window.strideHeight(), window.strideWidth())
        .padding(padding(window.padding()))
        .dilation(window.dilationHeight(), window.dilationWidth())
        .groups(reference.groups());
  }

  /** The same of so many images. */
  static Conv2dGeometry geometry(ReferenceConv2d reference, int batch) {
    return geometry(
        new ReferenceConv2d(
            batch,
            reference.inChannels(),
            reference.inHeight(),
            reference.inWidth(),
            reference.outChannels(),
            reference.window(),
            reference.groups()));
  }

  /** What the plan of a geometry says of one of its passes. */
  static String explain(Conv2dGeometry geometry, String pass) {
    return Conv2d.of(geometry)
        .build()
        .explain()
        .lines()
        .filter(line -> line.strip().startsWith(pass))
        .findFirst()
        .orElseThrow();
  }

  static ConvTranspose2dGeometry geometry(ReferenceConvTranspose2d reference) {
    ReferenceWindow window = reference.window();
    return ConvTranspose2dGeometry.input(
            reference.batch(), reference.inChannels(), reference.inHeight(), reference.inWidth())
        .kernel(reference.outChannels(), window.kernelHeight(), window.kernelWidth())
        .stride(window.strideHeight(), window.strideWidth())
        .padding(padding(window.padding()))
        .dilation(window.dilationHeight(), window.dilationWidth())
        .outputPadding(reference.outputPaddingHeight(), reference.outputPaddingWidth())
        .groups(reference.groups());
  }

  private static UnfoldGeometry geometry(UnfoldGeometry image, ReferenceWindow window) {
    return image
        .kernel(window.kernelHeight(), window.kernelWidth())
        .stride(window.strideHeight(), window.strideWidth())
        .padding(padding(window.padding()))
        .dilation(window.dilationHeight(), window.dilationWidth());
  }

  private static Padding padding(ReferencePadding reference) {
    Padding amounts =
        Padding.of(reference.top(), reference.left(), reference.bottom(), reference.right());
    return switch (reference.mode()) {
      case CONSTANT -> amounts.value(reference.value());
      case REFLECT -> amounts.mode(PaddingMode.REFLECT);
      case REPLICATE -> amounts.mode(PaddingMode.REPLICATE);
      case CIRCULAR -> amounts.mode(PaddingMode.CIRCULAR);
    };
  }
}
