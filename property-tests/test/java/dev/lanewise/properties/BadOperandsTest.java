// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.lanewise.conv.Conv2dGeometry;
import dev.lanewise.conv.ConvTranspose2dGeometry;
import dev.lanewise.conv.DoubleFold;
import dev.lanewise.conv.DoubleUnfold;
import dev.lanewise.conv.Fold;
import dev.lanewise.conv.GradientMode;
import dev.lanewise.conv.Unfold;
import dev.lanewise.conv.UnfoldGeometry;
import dev.lanewise.gemm.DoubleGemm;
import dev.lanewise.gemm.Gemm;
import dev.lanewise.reference.Precision;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every operand of every pass in every form, left out, too short, out of reach: refused by name,
 * before anything is written.
 */
class BadOperandsTest {
  /** Bytes enough for any operand. */
  private static final int AMPLE = 1 << 14;

  /** An operand: its name in the message and the elements it needs. */
  private record Part(String name, Kind kind, int elements) {
    enum Kind {
      READ,
      WRITTEN,
      WORKSPACE,
      FACTOR,
      MODE
    }

    static Part read(String name, int elements) {
      return new Part(name, Kind.READ, elements);
    }

    static Part written(String name, int elements) {
      return new Part(name, Kind.WRITTEN, elements);
    }

    static Part workspace(Object operator) {
      return new Part("workspace", Kind.WORKSPACE, Operators.workspace(operator));
    }

    static Part factor() {
      return new Part("a factor", Kind.FACTOR, 0);
    }

    static Part mode() {
      return new Part("mode", Kind.MODE, 0);
    }

    boolean isOperand() {
      return kind != Kind.FACTOR && kind != Kind.MODE;
    }
  }

  private enum Fault {
    NONE,
    MISSING,
    TOO_SHORT
  }

  private record Pass(
      Object operator, String name, Precision precision, Layout layout, List<Part> parts) {

    /** The call with one part spoilt. Numbers of one, so that any write shows. */
    Call call(Part spoilt, Fault fault) {
      Call call = new Call(operator, name, precision, layout).tight();
      for (Part part : parts) {
        Fault its = part == spoilt ? fault : Fault.NONE;
        int elements = its == Fault.TOO_SHORT ? part.elements - 1 : part.elements;
        switch (part.kind) {
          case READ -> call.input(its == Fault.MISSING ? null : ones(elements));
          case WRITTEN -> {
            if (its == Fault.MISSING) {
              call.nothing();
            } else {
              call.output(ones(elements));
            }
          }
          case WORKSPACE -> {
            if (its == Fault.MISSING) {
              call.noWorkspace();
            } else {
              call.workspace(elements);
            }
          }
          case FACTOR -> call.scalar(2);
          case MODE -> call.option(GradientMode.OVERWRITE);
        }
      }
      return call;
    }

    /** The call with one part in memory of its own. */
    Call call(Part moved, MemorySegment memory) {
      Call call = new Call(operator, name, precision, layout).tight();
      for (Part part : parts) {
        switch (part.kind) {
          case READ, WRITTEN -> {
            if (part == moved) {
              call.segment(memory);
            } else if (part.kind == Part.Kind.READ) {
              call.input(ones(part.elements));
            } else {
              call.output(ones(part.elements));
            }
          }
          case WORKSPACE -> call.workspace(part.elements);
          case FACTOR -> call.scalar(2);
          case MODE -> call.option(GradientMode.OVERWRITE);
        }
      }
      return call;
    }

    private static double[] ones(int elements) {
      double[] ones = new double[elements];
      Arrays.fill(ones, 1);
      return ones;
    }

    @Override
    public String toString() {
      return operator.getClass().getSimpleName() + "." + name + ", " + layout.form();
    }
  }

  @ParameterizedTest
  @MethodSource("passes")
  void aMissingOperandIsNamed(Pass pass) {
    for (Part part : pass.parts()) {
      boolean optional = part.name().equals("bias");
      if (part.isOperand() && !optional) {
        RuntimeException refusal = pass.call(part, Fault.MISSING).runRefused();
        assertInstanceOf(NullPointerException.class, refusal);
        assertTrue(refusal.getMessage().equals(part.name()), refusal.getMessage());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("passes")
  void anOperandThatIsTooShortIsNamed(Pass pass) {
    for (Part part : pass.parts()) {
      if (part.isOperand()) {
        RuntimeException refusal = pass.call(part, Fault.TOO_SHORT).runRefused();
        assertInstanceOf(IllegalArgumentException.class, refusal);
        String rule = part.name() + ": needs " + part.elements() + " elements";
        assertTrue(refusal.getMessage().startsWith(rule), refusal.getMessage());
      }
    }
  }

  @ParameterizedTest
  @MethodSource("passesOnSegments")
  void aClosedSegmentIsNamed(Pass pass) {
    Arena arena = Arena.ofConfined();
    MemorySegment closed = arena.allocate(AMPLE);
    arena.close();
    requireOutOfReach(pass, closed);
  }

  @ParameterizedTest
  @MethodSource("passesOnSegments")
  void aSegmentOfAnotherThreadIsNamed(Pass pass) throws Exception {
    try (ExecutorService other = Executors.newSingleThreadExecutor()) {
      Arena arena = other.submit(() -> Arena.ofConfined()).get();
      MemorySegment confined = other.submit(() -> arena.allocate(AMPLE)).get();
      requireOutOfReach(pass, confined);
      MemorySegment zeros = MemorySegment.ofArray(new byte[AMPLE]);
      assertEquals(-1L, other.submit(() -> confined.mismatch(zeros)).get());
      other.submit(arena::close).get();
    }
  }

  private static void requireOutOfReach(Pass pass, MemorySegment segment) {
    for (Part part : pass.parts()) {
      if (part.kind() == Part.Kind.READ || part.kind() == Part.Kind.WRITTEN) {
        RuntimeException refusal = pass.call(part, segment).runRefused();
        assertInstanceOf(IllegalArgumentException.class, refusal);
        assertEquals(
            part.name() + ": the segment is closed or belongs to another thread",
            refusal.getMessage());
      }
    }
  }

  static Stream<Pass> passesOnSegments() {
    return passes().filter(pass -> pass.layout().form() == Form.SEGMENTS);
  }

  static Stream<Pass> passes() {
    List<Pass> passes = new ArrayList<>();
    for (Precision precision : Precision.values()) {
      for (Layout layout : layouts()) {
        addConvolutions(passes, precision, layout);
        addUnfoldAndFold(passes, precision, layout);
        addGemm(passes, precision, layout);
      }
    }
    return passes.stream();
  }

  private static List<Layout> layouts() {
    return List.of(
        Layout.of(Form.ARRAYS, Place.ARRAY),
        Layout.of(Form.OFFSETS, Place.ARRAY),
        Layout.of(Form.SEGMENTS, Place.ARRAY),
        Layout.of(Form.SEGMENTS, Place.NATIVE));
  }

  private static void addConvolutions(List<Pass> passes, Precision precision, Layout layout) {
    Object conv =
        Operators.of(Conv2dGeometry.input(2, 4, 5, 6).kernel(6, 3, 2).groups(2), precision);
    addConvolution(passes, precision, layout, conv, 240, 72, 6, 180);
    Object transposed =
        Operators.of(
            ConvTranspose2dGeometry.input(2, 4, 5, 6).kernel(6, 3, 2).groups(2), precision);
    addConvolution(passes, precision, layout, transposed, 240, 72, 6, 588);
  }

  private static void addConvolution(
      List<Pass> passes,
      Precision precision,
      Layout layout,
      Object conv,
      int input,
      int weight,
      int bias,
      int output) {
    Part workspace = Part.workspace(conv);
    passes.add(
        new Pass(
            conv,
            "forward",
            precision,
            layout,
            List.of(
                Part.read("input", input),
                Part.read("weight", weight),
                Part.read("bias", bias),
                Part.written("output", output),
                workspace)));
    passes.add(
        new Pass(
            conv,
            "backwardInput",
            precision,
            layout,
            List.of(
                Part.read("gradOutput", output),
                Part.read("weight", weight),
                Part.written("gradInput", input),
                workspace)));
    passes.add(
        new Pass(
            conv,
            "backwardWeight",
            precision,
            layout,
            List.of(
                Part.read("input", input),
                Part.read("gradOutput", output),
                Part.written("gradWeight", weight),
                Part.mode(),
                workspace)));
    passes.add(
        new Pass(
            conv,
            "backwardBias",
            precision,
            layout,
            List.of(Part.read("gradOutput", output), Part.written("gradBias", bias), Part.mode())));
  }

  private static void addUnfoldAndFold(List<Pass> passes, Precision precision, Layout layout) {
    UnfoldGeometry geometry = UnfoldGeometry.image(2, 3, 4, 5).kernel(2, 2);
    boolean isFloat = precision == Precision.FLOAT;
    Object unfold = isFloat ? Unfold.of(geometry) : DoubleUnfold.of(geometry);
    Object fold = isFloat ? Fold.of(geometry) : DoubleFold.of(geometry);
    addPair(passes, precision, layout, unfold, "forward", "image", 120, "columns", 288);
    addPair(passes, precision, layout, unfold, "backward", "gradColumns", 288, "gradImage", 120);
    addPair(passes, precision, layout, fold, "forward", "columns", 288, "image", 120);
    addPair(passes, precision, layout, fold, "backward", "gradImage", 120, "gradColumns", 288);
  }

  private static void addPair(
      List<Pass> passes,
      Precision precision,
      Layout layout,
      Object operator,
      String name,
      String read,
      int readElements,
      String written,
      int writtenElements) {
    passes.add(
        new Pass(
            operator,
            name,
            precision,
            layout,
            List.of(Part.read(read, readElements), Part.written(written, writtenElements))));
  }

  /** A is 3×5 with rows 7 apart: 2·7 + 5 elements; B 5×2, 4 apart: 4·4 + 2; C 3×2, 3 apart. */
  private static void addGemm(List<Pass> passes, Precision precision, Layout layout) {
    Object gemm =
        precision == Precision.FLOAT
            ? Gemm.of(3, 2, 5).lda(7).ldb(4).ldc(3).build()
            : DoubleGemm.of(3, 2, 5).lda(7).ldb(4).ldc(3).build();
    passes.add(
        new Pass(
            gemm,
            "multiply",
            precision,
            layout,
            List.of(
                Part.factor(),
                Part.read("a", 19),
                Part.read("b", 18),
                Part.factor(),
                Part.written("c", 8),
                Part.workspace(gemm))));
  }
}
