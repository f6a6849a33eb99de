"""The keys of tables and what they measure, found by looking at their rows."""

import csv
import io

import pytest

from mirage_lint.drafting import keys

TABLES = {
    "a name for each row": (
        "model,acc\nbert,0.5\ngpt,0.25\n",
        (("model",), ("acc",)),
    ),
    "two names where one is not enough": (
        "model,set,acc\na,x,1\na,y,2\nb,x,3\nb,y,4\n",
        (("model", "set"), ("acc",)),
    ),
    "a setting that grows": (
        "retention,kept,valid\n1.0,0.5,0.75\n0.5,0.25,0.625\n0.1,0.125,0.375\n",
        (("retention",), ("kept", "valid")),
    ),
    "two settings that make a grid": (
        "epsilon,k,hits\n0.05,1,7\n0.05,2,9\n0.1,1,3\n0.1,2,4\n",
        (("epsilon", "k"), ("hits",)),
    ),
    "a name rather than a path or a date": (
        "file,day,tool,acc\na/b.txt,2024-01-02,x,1\na/c.txt,2024-01-03,y,2\n",
        (("tool",), ("acc",)),
    ),
    "a name that follows from another is none": (
        "model,maker,acc\na,org,1\nb,org,2\nc,other,3\n",
        (("model",), ("acc",)),
    ),
    "but one that many rows share is": (
        "model,task,acc\n" + "".join(f"m{chr(97 + n)},{'xy'[n % 2]},{n}.5\n" for n in range(9)),
        (("model", "task"), ("acc",)),
    ),
    "what never differs measures nothing": (
        "model,seed,acc\na,1,0.5\nb,1,0.25\n",
        (("model",), ("acc",)),
    ),
    "but a known measure stays that is the same in all rows": (
        "model,seed,accuracy,f1_score\na,1,0.5,1.0\nb,1,0.5,1.0\n",
        (("model",), ("accuracy", "f1_score")),
    ),
    "a measure that mostly came to nothing is no name": (
        "model,seed,acc,loss\na,0,0.5,nan\na,1,0.25,NaN\nb,0,0.75,-inf\nb,1,0.125,0.41\n",
        (("model", "seed"), ("acc", "loss")),
    ),
    "but names of which one is none are": (
        "pruning,acc,loss\nnone,0.5,0.1\nhalf,0.25,0.2\n",
        (("pruning",), ("acc", "loss")),
    ),
    "a setting of the training that jumps": (
        "lr,acc\n0.1,0.5\n0.01,0.25\n1.0,0.75\n",
        (("lr",), ("acc",)),
    ),
    "and so is what never differs where the like does": (
        "model,old_share,new_share,folds\na,0.75,0.5,3\nb,0.75,0.25,3\n",
        (("model",), ("old_share", "new_share")),
    ),
    "a score of what names tell apart": (
        "model,score\na,3\nb,5\n",
        (("model",), ("score",)),
    ),
    "what numbers the rows is no measure": (
        "game,player,hits\n1,a,7\n2,b,9\n3,c,2\n",
        (("player",), ("hits",)),
    ),
    "nor what numbers those of each group": (
        "player,tries,fold\n"
        + "".join(f"{'ab'[n // 3]}{n},{n * 7 % 9},{n % 3}\n" for n in range(6)),
        (("player",), ("tries",)),
    ),
    "nor what says which of them they are": (
        "player,tries,fold\n"
        + "".join(f"{'abc'[n % 3]}{n},{n * 7 % 9},{n // 3}\n" for n in range(9)),
        (("player",), ("tries",)),
    ),
    "but a measure that happens to grow by one is one": (
        "model,acc\na,1\nb,2\nc,3\n",
        (("model",), ("acc",)),
    ),
    "a total of what names tell apart": (
        "split,valid,total\ndev,5,12\ntest,7,19\n",
        (("split",), ("valid", "total")),
    ),
    "a setting of the training is no measure": (
        "model,batch_size,epochs,acc\na,8,3,0.5\nb,16,5,0.25\n",
        (("model",), ("acc",)),
    ),
    "what stands behind the measures is how they were taken": (
        "model,acc,resampling\n"
        + "".join(f"m{chr(97 + n)},{n * 7 % 9}.251,by {'xy'[n % 2]}\n" for n in range(9)),
        (("model",), ("acc",)),
    ),
    "but a model is a key wherever it stands": (
        "card,acc,model\n"
        + "".join(f"m{chr(97 + n)},{n * 7 % 9}.251,net {'xy'[n % 2]}\n" for n in range(9)),
        (("card", "model"), ("acc",)),
    ),
    "but what they were taken on is a key wherever it stands": (
        "model,acc,dataset\n"
        + "".join(f"m{chr(97 + n)},{n * 7 % 9}.251,on {'xy'[n % 2]}\n" for n in range(9)),
        (("model", "dataset"), ("acc",)),
    ),
}


@pytest.mark.parametrize(("text", "wanted"), TABLES.values(), ids=TABLES)
def test_keys_and_measures(text: str, wanted: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    found = keys.shape(list(csv.DictReader(io.StringIO(text))))
    assert found is not None
    assert (found.keys, found.metrics) == wanted


DATA = {
    "rows by number": "id,score\n1,0.5\n2,0.25\n3,0.75\n",
    "rows by an id": "uuid,score\na1,0.5\nb2,0.25\nc3,0.75\n",
    "rows that say different things of one name": "model,score\na,0.5\na,0.25\n",
    "no numbers": "model,maker\na,x\nb,y\n",
    "a total of one row": "total,valid\n5,True\n",
    "a score of one row": "score,valid\n5,True\n",
    "a total alone": "model,total\na,5\nb,7\n",
    "rows that a score alone tells apart": "model,score,hits\na,9,1\na,8,7\na,7,2\n",
    "truth values": "model,right\na,True\nb,False\n",
    "a log": "step,loss\n" + "".join(f"{step}0,0.{step}\n" for step in range(20)),
}


@pytest.mark.parametrize("text", DATA.values(), ids=DATA)
def test_what_is_no_table_of_results(text: str) -> None:
    assert keys.shape(list(csv.DictReader(io.StringIO(text)))) is None
