package org.strongroom.rest;

import org.strongroom.audit.Receipt;
import org.strongroom.http.Call;
import org.strongroom.identity.Actor;

/** Where the receipt of an answer stands that is not one JSON object: in two headers. */
final class Receipts {
  private Receipts() {}

  static void tell(Call<Actor> call, Receipt receipt) {
    call.header("Strongroom-Log", receipt.log());
    call.header("Strongroom-Index", Long.toString(receipt.index()));
  }
}
