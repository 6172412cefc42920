// SPDX-License-Identifier: Apache-2.0
package dev.lanewise.nn;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.DoubleSupplier;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/** One named piece of a {@link StateDict}, where it lives, and how it lies in a file. */
sealed interface StateEntry {
  ValueLayout.OfFloat F32 = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  ValueLayout.OfDouble F64 = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);
  ValueLayout.OfLong I64 = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

  String name();

  /** The same piece under another name. */
  StateEntry named(String other);

  /** The element type as safetensors calls it. */
  String dtype();

  int elementBytes();

  int elements();

  List<Long> shape();

  /** Copies elements of the piece into a file's memory. */
  void read(int from, int count, MemorySegment file);

  /** Overwrites the piece with what a file's memory holds. */
  void write(MemorySegment file);

  default long bytes() {
    return (long) elements() * elementBytes();
  }

  private static List<Long> sizes(int[] shape) {
    return Arrays.stream(shape).asLongStream().boxed().toList();
  }

  /** A tensor of float. */
  record Floats(String name, Tensor tensor) implements StateEntry {
    @Override
    public StateEntry named(String other) {
      return new Floats(other, tensor);
    }

    @Override
    public String dtype() {
      return "F32";
    }

    @Override
    public int elementBytes() {
      return Float.BYTES;
    }

    @Override
    public int elements() {
      return tensor.data().length;
    }

    @Override
    public List<Long> shape() {
      return sizes(tensor.shape());
    }

    @Override
    public void read(int from, int count, MemorySegment file) {
      MemorySegment.copy(tensor.data(), from, file, F32, 0, count);
    }

    @Override
    public void write(MemorySegment file) {
      MemorySegment.copy(file, F32, 0, tensor.data(), 0, elements());
    }
  }

  /** A tensor of double. */
  record Doubles(String name, DoubleTensor tensor) implements StateEntry {
    @Override
    public StateEntry named(String other) {
      return new Doubles(other, tensor);
    }

    @Override
    public String dtype() {
      return "F64";
    }

    @Override
    public int elementBytes() {
      return Double.BYTES;
    }

    @Override
    public int elements() {
      return tensor.data().length;
    }

    @Override
    public List<Long> shape() {
      return sizes(tensor.shape());
    }

    @Override
    public void read(int from, int count, MemorySegment file) {
      MemorySegment.copy(tensor.data(), from, file, F64, 0, count);
    }

    @Override
    public void write(MemorySegment file) {
      MemorySegment.copy(file, F64, 0, tensor.data(), 0, elements());
    }
  }

  /** A single whole number. */
  record WholeNumber(String name, LongSupplier getter, LongConsumer setter) implements StateEntry {
    @Override
    public StateEntry named(String other) {
      return new WholeNumber(other, getter, setter);
    }

    @Override
    public String dtype() {
      return "I64";
    }

    @Override
    public int elementBytes() {
      return Long.BYTES;
    }

    @Override
    public int elements() {
      return 1;
    }

    @Override
    public List<Long> shape() {
      return List.of();
    }

    @Override
    public void read(int from, int count, MemorySegment file) {
      file.set(I64, 0, getter.getAsLong());
    }

    @Override
    public void write(MemorySegment file) {
      setter.accept(file.get(I64, 0));
    }
  }

  /** A single real number. */
  record RealNumber(String name, DoubleSupplier getter, DoubleConsumer setter)
      implements StateEntry {
    @Override
    public StateEntry named(String other) {
      return new RealNumber(other, getter, setter);
    }

    @Override
    public String dtype() {
      return "F64";
    }

    @Override
    public int elementBytes() {
      return Double.BYTES;
    }

    @Override
    public int elements() {
      return 1;
    }

    @Override
    public List<Long> shape() {
      return List.of();
    }

    @Override
    public void read(int from, int count, MemorySegment file) {
      file.set(F64, 0, getter.getAsDouble());
    }

    @Override
    public void write(MemorySegment file) {
      setter.accept(file.get(F64, 0));
    }
  }
}
